"""The ways in which a book's entries stand to one another.

They follow schema.org (https://schema.org) and the W3C Organization Ontology
(https://www.w3.org/TR/vocab-org/) where those have a term.
"""

from typing import NamedTuple


class Role(NamedTuple):
    """One way in which an entry stands to another.

    Attributes:
        name: as a pack writes it, read from the entry to the other.
        inverse: the same, read back.
        term: the schema.org or W3C ORG property, empty where there is none.
    """

    name: str
    inverse: str
    term: str


ROLES = {
    role.name: role
    for role in (
        Role("member", "member of", "org:hasMember"),
        Role("member of", "member", "org:memberOf"),
        Role("located in", "home of", "schema:location"),
        Role("partner of", "partner of", "org:linkedTo"),
        Role("supported by", "supports", "schema:sponsor"),
        Role("funded by", "funds", "schema:funder"),
        Role("run by", "runs", "schema:provider"),
        Role("led by", "leads", "org:headOf"),
        Role("part of", "has part", "org:subOrganizationOf"),
        Role("succeeds", "succeeded by", "org:changedBy"),
        Role("supplies", "supplied by", "schema:seller"),
        Role("sold through", "sells", "schema:distributor"),
        Role("acquired by", "acquires", "org:resultedFrom"),
        Role("complements", "complemented by", ""),
        Role("inspired by", "inspires", "schema:isBasedOn"),
        Role("competes with", "competes with", ""),
        Role("compared with", "compared with", ""),
        Role("approved under", "approves", "schema:eligibleRegion"),
        Role("reported by", "reports on", "schema:subjectOf"),
        Role("customer of", "customers", "schema:customer"),
        Role("succeeded by", "succeeds", "org:resultedFrom"),
        Role("born in", "birthplace of", "schema:foundingLocation"),
    )
}
