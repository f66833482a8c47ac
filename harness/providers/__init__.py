"""Where models are asked: a provider turns a trial into a completion, or says whose fault it was that it did not."""
