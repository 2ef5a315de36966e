class Voice:
    def say(self, text):
        return None


def shipped():
    return Voice()


def espeak():
    return Voice()


def silence():
    return Voice()


def chain(*a):
    return Voice()


def piper(p):
    return Voice()
