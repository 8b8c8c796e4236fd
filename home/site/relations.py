"""The relations of a document as a tree beside its text."""


def grouped_relations(relations) -> dict:
    """The relations by direction and kind, in the order in which they come.

    What this document rests on or acts upon stands above it, what acts upon it or follows from it below.
    """
    groups = {"out": {}, "in": {}}
    for relation in relations:
        kinds = groups[relation["direction"]]
        kinds.setdefault(relation["kind"]["name"], []).append(relation)
    return {
        direction: [{"name": name, "relations": found} for name, found in kinds.items()]
        for direction, kinds in groups.items()
    }
