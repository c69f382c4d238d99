"""Prints the text of each page of a PDF as a list of JSON. Run as a script of its own, so that a PDF that breaks the library, takes all
memory or never ends, ends with it: ``python -I pdf_text.py FILE PAGES SECONDS BYTES``.
"""

import json
import sys


def main(path: str, pages: int, seconds: int, memory: int) -> None:
    """The text of the first ``pages`` pages. Exit code 3 where there is a password."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):  # not on this system
        pass
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        sys.exit(3 if "password" in str(error).lower() else 1)
    texts = []
    for number in range(min(len(pdf), pages)):
        page = pdf[number]
        held = page.get_textpage()
        texts.append(held.get_text_bounded())
        held.close()
        page.close()
    json.dump({"pages": len(pdf), "texts": texts}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
