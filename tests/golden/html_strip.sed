# A page without what it shares with all others, and without its sources, which html_md_sources.py reads back.
/^<style nonce=/,/^<\/style>/d
/^<script nonce=.*<\/script>$/d
/^<script nonce=/,/<\/script>$/d
