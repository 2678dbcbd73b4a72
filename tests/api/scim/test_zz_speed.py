import time
from tests.api.scim.test_users import user, OURS, ENTERPRISE
def test_speed(provider, person):
    boss=person("B","C")
    def body(n): return user(f"p{n}@acme.example", externalId=f"e{n}", name={"givenName":"A","familyName":"B"}, title="T", active=True, emails=[{"value":f"p{n}@acme.example","type":"work","primary":True}], **{ENTERPRISE:{"employeeNumber":str(n),"department":"Sales"}})
    for n in range(20): provider.post("/Users", body(n))
    for r in range(3):
        t=time.perf_counter(); c=time.process_time()
        for n in range(1000*(r+1),1000*(r+1)+150): provider.post("/Users", body(n))
        print("POST wall", (time.perf_counter()-t)/150*1000, "cpu", (time.process_time()-c)/150*1000)
    t=time.perf_counter(); c=time.process_time()
    for n in range(150): provider.client.get("/scim/v2/Schemas/x", headers=provider.headers)
    print("404 after token: wall", (time.perf_counter()-t)/150*1000, "cpu", (time.process_time()-c)/150*1000)
    assert 0
def test_prof(provider, person):
    import cProfile, pstats, io
    def body(n): return user(f"p{n}@acme.example", externalId=f"e{n}", name={"givenName":"A","familyName":"B"}, title="T", active=True, emails=[{"value":f"p{n}@acme.example","type":"work","primary":True}], **{ENTERPRISE:{"employeeNumber":str(n),"department":"Sales"}})
    for n in range(20): provider.post("/Users", body(n))
    p=cProfile.Profile(time.process_time); p.enable()
    for n in range(400,700): provider.post("/Users", body(n))
    p.disable(); s=io.StringIO(); pstats.Stats(p,stream=s).sort_stats("cumulative").print_stats("scim|sync|tenants|syncing|signals|authenticat|query.py.*get|middleware|learning|reinf"); print(s.getvalue())
    assert 0
