def test_x(built, client, reporting_dir):
    r = client.get("/nl/melden/")
    print(r.headers, len(r.content))
    open("/tmp/melden.html","wb").write(r.content)
    open("/tmp/report.html","wb").write(client.get("/en/report/").content)
