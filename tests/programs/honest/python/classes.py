# Classes: inheritance, properties, slots, class methods, operators, metaclasses, and look-ups of attributes.
# value: ["Rex says woof", 25, "Vector(4, 6)", true, 2, ["Base", "Child"], "made up", 3, [1, 2]]
class Animal:
    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} makes no sound"


class Dog(Animal):
    def speak(self):
        return super().speak().replace("makes no sound", "says woof")


class Square:
    __slots__ = ("_side",)

    def __init__(self, side):
        self._side = side

    @property
    def area(self):
        return self._side**2

    @classmethod
    def of(cls, side):
        return cls(side)


class Vector:
    def __init__(self, *parts):
        self.parts = parts

    def __add__(self, other):
        return Vector(*map(sum, zip(self.parts, other.parts)))

    def __eq__(self, other):
        return self.parts == other.parts

    def __hash__(self):
        return hash(self.parts)

    def __len__(self):
        return len(self.parts)

    def __iter__(self):
        return iter(self.parts)

    def __repr__(self):
        return f"Vector{self.parts}"


class Registered(type):
    names = []

    def __new__(mcls, name, bases, space):
        mcls.names.append(name)
        return super().__new__(mcls, name, bases, space)


class Base(metaclass=Registered):
    def __getattr__(self, name):
        return name.replace("_", " ")


class Child(Base):
    pass


def solve(n):
    total = Vector(1, 2) + Vector(3, 4)
    return [
        Dog("Rex").speak(),
        Square.of(n).area,
        repr(total),
        total == Vector(4, 6),
        len(total),
        Registered.names,
        Child().made_up,
        len({Vector(1), Vector(1), Vector(2), Vector(3)}),
        list(Vector(1, 2)),
    ]
