"""Reading web pages: their markup as blocks, their linked data, and what both say of licenses."""
