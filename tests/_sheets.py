"""Companies for tests of sheets: rows with right credit codes, CSV files, workbooks written without the program."""

import csv
import io
import zipfile

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEAD = ["legal_name", "credit_code", "assess_consent", "monitor_consent", "stated_on", "sector", "region", "revenue",
        "gross_margin", "employees", "endpoints", "records", "incidents_36m"]


def credit_code(number):
    """GB 32100: the check digit is 31 less the sum of digit x 3^i, mod 31."""
    code = "91330206MA" + "".join(SIGNS[number // 31 ** i % 31] for i in range(7))
    total = sum(SIGNS.index(sign) * pow(3, i, 31) for i, sign in enumerate(code))
    return code + SIGNS[(31 - total % 31) % 31]


def company(number, **changes):
    row = dict(zip(HEAD, ["宁波试验企业%d号" % number, credit_code(number), "是", "yes", "2026-02-20", "C34", "330206",
                          str(10_000_000 + number * 37_000), "25%", str(20 + number % 60), str(10 + number % 40), "8000",
                          "0"]))
    row.update(changes)
    return row


def csv_text(rows):
    out = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def column(index):
    name = ""
    index += 1
    while index:
        index, left = divmod(index - 1, 26)
        name = chr(65 + left) + name
    return name


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def write_book(path, table, merged="", cells=None):
    """`cells` maps (row, column) to the XML of a cell that takes the place of a text."""
    lines = []
    for number, row in enumerate(table, 1):
        line = ""
        for index, text in enumerate(row):
            place = column(index) + str(number)
            given = (cells or {}).get((number, index))
            line += given % place if given else \
                '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (place, escaped(text))
        lines.append('<row r="%d">%s</row>' % (number, line))
    merge = '<mergeCells><mergeCell ref="%s"/></mergeCells>' % merged if merged else ""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Id="r" Type="%sofficeDocument" Target="xl/workbook.xml"/>'
                       "</Relationships>" % REL,
        "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="list" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="%sworksheet" '
                                      'Target="worksheets/sheet1.xml"/></Relationships>' % REL,
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>%s</sheetData>%s</worksheet>" % ("".join(lines), merge),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


def write_bomb(path):
    """A sheet of 300 MB of blanks in 300 kB."""
    write_book(path, [])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData>" + b" " * 300_000_000 + b"</sheetData></worksheet>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


def read_book(path):
    """The texts of the first sheet of a workbook that libxlsxwriter wrote."""
    import xml.etree.ElementTree as tree
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        shared = ["".join(part.text or "" for part in entry.iter(main + "t"))
                  for entry in tree.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = tree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(main + "row"):
        cells = {}
        for cell in row.iter(main + "c"):
            letters = "".join(sign for sign in cell.get("r") if sign.isalpha())
            cells[letters] = shared[int(cell.find(main + "v").text)]
        rows.append(cells)
    head = rows[0]
    return [{head[letters]: text for letters, text in row.items()} for row in rows[1:]]


def write_pdf(path, pages):
    """A PDF of plain text in Helvetica: one content stream a page, twelve points a line."""
    objects = []
    kids = " ".join("%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects.append("<< /Type /Catalog /Pages 2 0 R >>")
    objects.append("<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * i))
        text = "BT /F1 11 Tf 50 780 Td 14 TL " + " ".join(
            "(%s) Tj T*" % line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in lines) + " ET"
        objects.append("<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += "%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += "xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += "".join("%010d 00000 n \n" % place for place in places)
    out += "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path, "w", encoding="latin-1") as file:
        file.write(out)
