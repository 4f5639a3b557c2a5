"""PDF/UA-1 declared beside PDF/A-2a: WeasyPrint writes the XMP of one standard only."""

from __future__ import annotations

from types import MethodType
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
UA = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"


def declare_pdf_ua(metadata: Any) -> None:
    """Declare PDF/UA-1 in this document's metadata too, with the extension schema that PDF/A demands.

    Sources: ISO 14289-1, section 5; ISO 19005-2, 6.6.2.3.3 (extension schemas).
    """
    generate = metadata.generate_rdf_metadata

    def with_pdf_ua(self: Any, variant: str, version: Any, conformance: Any) -> bytes:
        rdf = fromstring(generate(variant, version, conformance))
        SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": "", f"{{{UA}}}part": "1"})
        rdf.append(_extension_schema())
        for prefix, name in (("pdfuaid", UA), ("pdfaExtension", EXTENSION), ("pdfaSchema", SCHEMA)):
            register_namespace(prefix, name)
        register_namespace("pdfaProperty", PROPERTY)
        return bytes(tostring(rdf, encoding="utf-8"))

    include = metadata.include_in_pdf

    def uncompressed(self: Any, *arguments: Any, **_: Any) -> None:
        include(*arguments[:4], compress=False)

    metadata.generate_rdf_metadata = MethodType(with_pdf_ua, metadata)
    metadata.include_in_pdf = MethodType(uncompressed, metadata)


def _extension_schema() -> Element:
    """Return the description of the schema `pdfuaid` in the terms of PDF/A."""
    description = Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    bag = SubElement(SubElement(description, f"{{{EXTENSION}}}schemas"), f"{{{RDF}}}Bag")
    schema = _resource(bag)
    _texts(schema, SCHEMA, schema="PDF/UA identification schema", namespaceURI=UA, prefix="pdfuaid")
    properties = SubElement(SubElement(schema, f"{{{SCHEMA}}}property"), f"{{{RDF}}}Seq")
    part = _resource(properties)
    _texts(part, PROPERTY, name="part", valueType="Integer", category="internal")
    _texts(part, PROPERTY, description="Part of ISO 14289 that the file conforms to")
    return description


def _resource(parent: Element) -> Element:
    return SubElement(parent, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})


def _texts(parent: Element, namespace: str, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, f"{{{namespace}}}{name}").text = text
