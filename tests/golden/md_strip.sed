# A page without its sources, which html_md_sources.py reads back.
/^<!-- pmkit-source/,/^-->$/d
