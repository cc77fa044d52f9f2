def test_x(pages, client):
    for p in ["/nl/","/en/","/nl/privacy/","/en/about/","/nl/contact/","/sitemap.xml","/robots.txt"]:
        r = client.get(p)
        print(p, r.status_code, len(r.content), dict(r.headers))
        open("/tmp/p%s.html" % p.replace("/","_"),"wb").write(r.content)
