"""Where models are asked: a provider turns a trial into a completion, or says why it could not and whose fault it was."""
