"""The comparison of CEAF-REE as a comparator of a schema."""


def subset(gold, predicted):
    """Whether all names of a predicted entity, parted by `|`, are names of the gold one."""
    return float({*predicted.split("|")} <= {*gold.split("|")})
