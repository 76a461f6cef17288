"""The commonest Dutch surnames without their particles, for names that are typed without a capital."""

from __future__ import annotations

COMMON = frozenset(
    """
    jong jansen vries berg bakker dijk visser janssen smit meijer meyer boer mulder groot bos vos peters hendriks leeuwen
    dekker brouwer wit dijkstra smits graaf meer linden kok jacobs haan vermeulen heuvel veen broek bruijn bruin heijden
    schouten beek willems vliet ven hoekstra maas verhoeven koster dam prins wal huisman peeters jonge kuipers veenstra
    kramer postma gerritsen post hermans scholten kuiper laan brink lange bosch wijk jonker hoek sanders martens jager
    bosman boersma koning hoeven wolff ridder wolf evers kroon driessen timmermans verbeek wiel blom klein schipper mol
    bijl bosma vink janse hofman huisman zwart jansma bouwman willemsen groen hendrix ruiter kool vonk pronk ruijter wouters
    hoogendoorn zijlstra gerrits sluis vries yilmaz kaya demir mohamed ali ahmed nguyen singh khan hassan kowalski
    pieters cornelissen molenaar veldhuis kooij terpstra claassen martens postma goossens backer lammers schippers
    rietveld wagenaar tromp verweij bakkers hermsen geerts franken verschuren bekker molen velde goede roos
    """.split()
)
