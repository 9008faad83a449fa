#!/usr/bin/env python3
"""In-memory api.github.com stand-in that checks every request against GitHub's own contract.

Needs: Python 3.9+, jsonschema, and cryptography for App tokens.  contract.json beside this file holds the contract: 66
operations of two API versions and 7 webhook events, derived from githubkit-schemas 26.10.21 (PyPI, MIT).
Binds 127.0.0.1 only.  Raw http.server is used (not Flask) so that bodies can be cut short and
connections reset on purpose.

  github_stub.py --port 0 --log violations.json [--requests-log requests.jsonl] [--prefix /api/v3]
                 [--seed seed.json] [--strict] [--app-id 4242 --app-public-key pub.pem]
                 [--content-limit 80] [--ready-file url.txt]

Control plane (never validated):  /_stub/{state,violations,requests,faults,reset,seed,webhook,clock}
POST /_stub/clock {"offset": seconds} moves the server's time of day, so that clients whose clock a test moves need not wait.
Fault = {"kind":..., "times":1, "after":0, "match":{"method":"POST","path":"regex","op":"issues/create-comment"}, ...}
kinds: secondary_403 secondary_403_no_header primary_403 r429 r500 r502_html r503 r401 r404 r422 slow truncate reset
       empty_body applied_then_502 applied_then_reset ghost_list duplicate_race redirect_301 bad_json
"""
import argparse, base64, binascii, copy, gzip, hashlib, hmac, json, os, re, socket, struct, sys, threading, time, uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit, parse_qsl, unquote, urlencode
from jsonschema import Draft202012Validator, FormatChecker

HERE = os.path.dirname(os.path.abspath(__file__))
DEFAULT_VERSION = '2022-11-28'
MAX_BODY = 65536
FC = FormatChecker(formats=())
@FC.checks('date-time')
def _dt(v): return not isinstance(v, str) or bool(re.match(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$', v))
def now(): return datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
def sha1(kind, data): return hashlib.sha1(b'%s %d\0' % (kind.encode(), len(data)) + data).hexdigest()

class Contract:
    def __init__(self, path):
        raw = json.load(open(path)); self.v = {}
        for ver, d in raw['versions'].items():
            comps = d['components']; ops = []
            for o in d['operations']:
                greedy = {'path', 'ref', 'basehead'}
                rx = re.sub(r'{(\w+)}', lambda m: '(?P<%s>%s)' % (m.group(1), '.+' if m.group(1) in greedy else '[^/]+'), o['path'])
                o['rx'] = re.compile('^' + rx + '$'); o['nlit'] = len(re.sub(r'{\w+}', '', o['path']))
                mk = lambda s: Draft202012Validator({**s, 'components': comps}, format_checker=FC) if s is not None else None
                o['bv'] = mk(o['body']); o['rv'] = mk(o['response'])
                for p in o['parameters']: p['val'] = mk(p['schema'])
                ops.append(o)
            ops.sort(key=lambda o: -o['nlit'])
            self.v[ver] = {'ops': ops, 'comps': comps, 'hooks': d['webhooks']}
    def match(self, ver, method, path):
        others = []
        for o in self.v[ver]['ops']:
            m = o['rx'].match(path)
            if m:
                if o['method'] == method: return o, {k: unquote(x) for k, x in m.groupdict().items()}
                others.append(o['method'])
        return None, sorted(set(others))
    def resolve(self, ver, s):
        while isinstance(s, dict) and '$ref' in s: s = self.v[ver]['comps']['schemas'][s['$ref'].rsplit('/', 1)[1]]
        return s
    def synth(self, ver, s, depth=0):
        """smallest instance a schema accepts: required members only"""
        s = self.resolve(ver, s)
        if not isinstance(s, dict): return None
        if 'const' in s: return s['const']
        if 'enum' in s: return s['enum'][0]
        if 'anyOf' in s:
            alts = [self.resolve(ver, a) for a in s['anyOf']]
            if any(a.get('type') == 'null' for a in alts): return None
            return self.synth(ver, s['anyOf'][0], depth + 1)
        t = s.get('type')
        if t == 'object' or 'properties' in s:
            return {k: self.synth(ver, s['properties'][k], depth + 1) for k in s.get('required', []) if k in s.get('properties', {})}
        if t == 'array': return []
        if t == 'integer' or t == 'number': return max(0, s.get('minimum', 0))
        if t == 'boolean': return False
        if t == 'null': return None
        if t == 'string':
            f = s.get('format')
            if f == 'date-time': return now()
            return 'x' * s.get('minLength', 0) if s.get('minLength') else 'https://stub.invalid/' if f == 'uri' else 'stub'
        return {}
    def known_props(self, ver, s):
        """property -> list of sub-schemas over all alternatives"""
        s = self.resolve(ver, s); out = {}
        if not isinstance(s, dict): return out
        for a in s.get('anyOf', []) + s.get('oneOf', []) + s.get('allOf', []):
            for k, v in self.known_props(ver, a).items(): out.setdefault(k, []).extend(v)
        for k, v in s.get('properties', {}).items(): out.setdefault(k, []).append(v)
        return out
    def unknown(self, ver, schemas, val, ptr=''):
        if isinstance(val, dict):
            props = {}
            for s in schemas:
                for k, v in self.known_props(ver, s).items(): props.setdefault(k, []).extend(v)
            if not props: return
            for k, v in val.items():
                if k not in props: yield ptr + '/' + k
                else: yield from self.unknown(ver, props[k], v, ptr + '/' + k)
        elif isinstance(val, list):
            items = []
            for s in schemas:
                s = self.resolve(ver, s)
                for a in [s] + [self.resolve(ver, x) for x in (s.get('anyOf', []) if isinstance(s, dict) else [])]:
                    if isinstance(a, dict) and 'items' in a: items.append(a['items'])
            for i, v in enumerate(val): yield from self.unknown(ver, items, v, f'{ptr}/{i}')

class HTTPErr(Exception):
    def __init__(self, status, body, headers=None): self.status, self.body, self.headers = status, body, headers or {}
def err(status, message, errors=None, **kw):
    b = {'message': message, 'documentation_url': kw.get('doc', 'https://docs.github.com/rest'), 'status': str(status)}
    if errors is not None: b['errors'] = errors
    return HTTPErr(status, b, kw.get('headers'))

DEFAULT_SEED = {
  "app": {"id": 4242, "slug": "posture-bot", "installations": {"99": {"account": "octo", "repos": ["octo/posture"]}}},
  "tokens": {
    "ghp_readwrite":  {"login": "alice", "kind": "pat", "perms": "write"},
    "ghp_readonly":   {"login": "bob", "kind": "pat", "perms": "read"},
    "ghs_actions":    {"login": "github-actions[bot]", "kind": "installation", "perms": "write"},
    "ghs_fork":       {"login": "github-actions[bot]", "kind": "installation", "perms": "read"}},
  "repos": {"octo/posture": {"default_branch": "main", "private": True,
     "files": {"main": {"README.md": "# posture\n", "tenants/acme.yaml": "name: acme\n"}},
     "pulls": {"7": {"title": "Tighten S3 policy", "head_ref": "feature", "base_ref": "main", "fork": False,
        "head_sha": "a" * 40, "base_sha": "b" * 40,
        "files": [{"filename": "tenants/acme.yaml", "status": "modified", "additions": 2, "deletions": 1, "patch": "@@ -1 +1,2 @@\n-name: acme\n+name: acme\n+tier: gold"}]}},
     "comments": {"7": []}}}}

class Stub:
    def __init__(self, a):
        self.a = a; self.c = Contract(a.contract); self.lock = threading.RLock()
        self.seed = json.load(open(a.seed)) if a.seed else DEFAULT_SEED
        self.pub = open(a.app_public_key, 'rb').read() if a.app_public_key else None
        self.reset()
    def time(self): return time.time() + self.offset
    def reset(self):
        self.offset = 0.0
        s = copy.deepcopy(self.seed); self.s = s; self.ids = 1000; self.faults = []; self.viol = []; self.reqs = []
        self.hold = {}; self.content_ts = []; self.remaining = 5000; self.n = 0
        for full, r in s['repos'].items():
            r.setdefault('files', {r.get('default_branch', 'main'): {}}); r.setdefault('pulls', {}); r.setdefault('issues', {})
            r.update({k: r.get(k, {}) for k in ('check_runs', 'statuses', 'sarifs', 'reviews', 'review_comments', 'objects', 'refs', 'labels')})
            com = {}
            for num, lst in r.get('comments', {}).items():
                for c in lst:
                    self.ids += 1; com[self.ids] = dict(id=self.ids, issue=int(num), user=c.get('user', 'alice'), body=c['body'], created_at=c.get('created_at', now()), updated_at=c.get('created_at', now()), hidden_lists=c.get('hidden_lists', 0), minimized=False)
            r['comments'] = com
        self.flush()
    # ---- logging
    def violate(self, rq, sev, rule, msg, ptr=None):
        v = {'seq': rq.get('n'), 'ts': now(), 'severity': sev, 'rule': rule, 'method': rq.get('method'), 'path': rq.get('path'), 'op': rq.get('op'), 'message': msg}
        if ptr: v['pointer'] = ptr
        self.viol.append(v); rq['viol'] = rq.get('viol', []) + [v]
    def flush(self):
        if self.a.log:
            t = self.a.log + '.tmp'; json.dump({'violations': self.viol, 'errors': sum(v['severity'] == 'error' for v in self.viol), 'warnings': sum(v['severity'] == 'warn' for v in self.viol), 'requests': len(self.reqs)}, open(t, 'w'), indent=1); os.replace(t, self.a.log)
    # ---- faults
    def fault(self, rq):
        for f in self.faults:
            m = f.get('match', {})
            if m.get('method') and m['method'] != rq['method']: continue
            if m.get('path') and not re.search(m['path'], rq['path']): continue
            if m.get('op') and m['op'] != rq.get('op'): continue
            if f.get('after', 0) > 0: f['after'] -= 1; continue
            if f.get('times', 1) == 0: continue
            if f.get('times', 1) > 0: f['times'] = f.get('times', 1) - 1
            rq['fault'] = f['kind']; return f
        return None
    # ---- auth
    def auth(self, rq, op, path):
        h = rq['headers'].get('authorization')
        if 'access_token' in rq['query']: self.violate(rq, 'error', 'token-in-query', 'tokens in the query string are not accepted by GitHub')
        if not h:
            if rq['method'] == 'GET' and op and op['operationId'] in ('meta/root', 'rate-limit/get'): return {'login': None, 'kind': 'anon', 'perms': 'read'}
            if rq['method'] == 'GET' and op and op['operationId'] == 'repos/get':
                # Whoever is nobody sees what everyone can see.
                r = self.s['repos'].get(path.removeprefix('/repos/'), {})
                if r.get('visibility', 'private' if r.get('private') else 'public') == 'public' and r: return {'login': None, 'kind': 'anon', 'perms': 'read'}
                raise err(404, 'Not Found')
            self.violate(rq, 'error', 'auth-missing', 'no Authorization header'); raise err(401, 'Requires authentication')
        m = re.match(r'^(Bearer|token|bearer|Token) (\S+)$', h)
        if not m: self.violate(rq, 'error', 'auth-scheme', 'expected "Bearer <token>" or "token <token>"'); raise err(401, 'Bad credentials')
        tok = m.group(2); rq['token'] = tok
        isjwt = tok.count('.') == 2 and tok.startswith('eyJ')
        need_jwt = op is not None and (op['path'] == '/app' or op['path'].startswith('/app/') or op['operationId'] == 'apps/get-repo-installation')
        if need_jwt:
            if not isjwt: self.violate(rq, 'error', 'jwt-required', 'this endpoint takes a GitHub App JWT'); raise err(401, 'A JSON web token could not be decoded')
            if m.group(1).lower() != 'bearer': self.violate(rq, 'error', 'jwt-scheme', 'JWTs must use Bearer'); raise err(401, 'A JSON web token could not be decoded')
            self.jwt(rq, tok); return {'login': self.s['app']['slug'] + '[bot]', 'kind': 'app', 'perms': 'write'}
        if isjwt: self.violate(rq, 'error', 'jwt-on-token-endpoint', 'App JWT used where an installation token is needed'); raise err(401, 'Bad credentials')
        t = self.s['tokens'].get(tok)
        if not t: raise err(401, 'Bad credentials')
        if t.get('expires', 1e18) < self.time(): raise err(401, 'Bad credentials')
        if op and op['operationId'] == 'users/get-authenticated' and t['kind'] == 'installation': raise err(403, 'Resource not accessible by integration')
        if op and op['operationId'].startswith('checks/') and rq['method'] in ('POST', 'PATCH') and t['kind'] == 'pat': raise err(403, 'You must authenticate via a GitHub App.')
        if rq['method'] not in ('GET', 'HEAD') and t['perms'] == 'read': raise err(403, 'Resource not accessible by integration' if t['kind'] == 'installation' else 'Resource not accessible by personal access token')
        return t
    def jwt(self, rq, tok):
        try:
            hd, pl = [json.loads(base64.urlsafe_b64decode(x + '=' * (-len(x) % 4))) for x in tok.split('.')[:2]]
        except Exception: self.violate(rq, 'error', 'jwt-malformed', 'cannot decode'); raise err(401, 'A JSON web token could not be decoded')
        t = self.time()
        if hd.get('alg') != 'RS256': self.violate(rq, 'error', 'jwt-alg', f"alg {hd.get('alg')}, GitHub takes RS256 only"); raise err(401, 'A JSON web token could not be decoded')
        for k in ('iat', 'exp', 'iss'):
            if k not in pl: self.violate(rq, 'error', 'jwt-claims', f'missing {k}'); raise err(401, f"Missing '{k}' claim")
        if not isinstance(pl['iat'], int) or not isinstance(pl['exp'], int): self.violate(rq, 'error', 'jwt-claims', 'iat/exp must be integers'); raise err(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires")
        if pl['exp'] > t + 600: self.violate(rq, 'error', 'jwt-exp-too-far', f"exp {pl['exp'] - int(t)} s ahead; max 600"); raise err(401, "'Expiration time' claim ('exp') is too far in the future")
        if pl['exp'] < t: raise err(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires")
        if pl['iat'] > t + 1: self.violate(rq, 'error', 'jwt-iat-future', 'iat in the future'); raise err(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
        if pl['iat'] > t - 30: self.violate(rq, 'warn', 'jwt-no-skew', 'iat is not backdated (GitHub advises 60 s)')
        if str(pl['iss']) not in (str(self.s['app']['id']), str(self.s['app'].get('client_id', 'Iv23stub'))): raise err(401, 'A JSON web token could not be decoded')
        if self.pub:
            from cryptography.hazmat.primitives import serialization, hashes
            from cryptography.hazmat.primitives.asymmetric import padding
            a, b, c = tok.split('.')
            try: serialization.load_pem_public_key(self.pub).verify(base64.urlsafe_b64decode(c + '=' * (-len(c) % 4)), f'{a}.{b}'.encode(), padding.PKCS1v15(), hashes.SHA256())
            except Exception: self.violate(rq, 'error', 'jwt-signature', 'bad RS256 signature'); raise err(401, 'A JSON web token could not be decoded')
    # ---- request validation
    def validate(self, rq, op, params):
        ver, h = rq['ver'], rq['headers']
        acc = h.get('accept')
        if not acc or acc == '*/*': self.violate(rq, 'warn', 'accept-missing', 'send Accept: application/vnd.github+json')
        elif not any(re.match(r'^\s*application/(vnd\.github(\.v3)?(\.[\w-]+)?(\+json|\.sha|\.diff|\.patch)?|json)\s*(;.*)?$', x) or x.strip().startswith('*/*') for x in acc.split(',')): self.violate(rq, 'warn', 'accept-unrecognised', acc)
        for p in op['parameters']:
            if p['in'] == 'path':
                v = params[p['name']]
                if p['schema'].get('type') == 'integer':
                    if not re.fullmatch(r'\d+', v): self.violate(rq, 'error', 'path-type', f"{p['name']}={v!r} is not an integer"); raise err(404, 'Not Found')
                    params[p['name']] = int(v)
                else:
                    for e in p['val'].iter_errors(v): self.violate(rq, 'error', 'path-value', f"{p['name']}: {e.message}")
        known = {p['name']: p for p in op['parameters'] if p['in'] == 'query'}
        for k, v in rq['query'].items():
            if k not in known:
                if k not in ('access_token', 'per_page', 'page'): self.violate(rq, 'warn', 'query-unknown', f'{k} is not a parameter of {op["operationId"]}')
                elif k in ('per_page', 'page'): self.violate(rq, 'warn', 'query-unknown', f'{op["operationId"]} is not paginated by {k}')
                continue
            val = v
            if 'integer' in json.dumps(known[k]['schema']) and re.fullmatch(r'-?\d+', v): val = int(v)
            if known[k]['schema'].get('type') == 'boolean': val = {'true': True, 'false': False}.get(v, v)
            for e in known[k]['val'].iter_errors(val): self.violate(rq, 'error', 'query-value', f'{k}: {e.message}')
        for k, p in known.items():
            if p['required'] and k not in rq['query']: self.violate(rq, 'error', 'query-required', f'{k} is required')
        try: pp = int(rq['query'].get('per_page', 30))
        except ValueError: pp = 30
        if pp > 100 or pp < 1: self.violate(rq, 'error', 'per-page-range', f'per_page={pp}; GitHub clamps to 100')
        body = rq['body']
        if op['body'] is None:
            if rq['raw'] and rq['raw'] not in (b'', b'{}'): self.violate(rq, 'warn', 'body-unexpected', f'{op["operationId"]} takes no body')
            return
        if not rq['raw']:
            if op['bodyRequired']: self.violate(rq, 'error', 'body-missing', 'a JSON body is required'); raise err(422, 'Invalid request.\n\nBody required')
            return
        if 'json' not in h.get('content-type', ''): self.violate(rq, 'warn', 'content-type', f"Content-Type {h.get('content-type')!r}, expected application/json")
        if body is None: self.violate(rq, 'error', 'body-not-json', 'body is not JSON'); raise err(400, 'Problems parsing JSON')
        errs = list(op['bv'].iter_errors(body))
        if errs:
            def flat(e, d=0):
                if e.context and d < 3:
                    best = {}
                    for c in e.context: best.setdefault(c.schema_path[0], []).append(c)
                    yield from (y for x in min(best.values(), key=len) for y in flat(x, d + 1))
                else: yield e
            msgs = []
            for e in errs:
                for x in flat(e):
                    ptr = '/' + '/'.join(str(y) for y in x.absolute_path)
                    self.violate(rq, 'error', 'body-schema', x.message[:300], ptr); msgs.append((x, ptr))
            x, ptr = msgs[0]
            if x.validator == 'maxItems': raise err(422, f'Invalid request.\n\nNo more than {x.validator_value} items are allowed; {len(x.instance)} were supplied.')
            if x.validator == 'maxLength': raise err(422, f'Invalid request.\n\nOnly {x.validator_value} characters are allowed; {len(x.instance)} were supplied.')
            if x.validator == 'required': raise err(422, 'Invalid request.\n\n' + x.message.replace(' is a required property', " wasn't supplied.").replace("'", '"', 2))
            raise err(422, f"Invalid request.\n\nFor '{ptr.strip('/') or 'body'}', {x.message[:200]}")
        for ptr in self.c.unknown(ver, [op['body']], body): self.violate(rq, 'warn', 'body-unknown-property', 'not in the contract', ptr)
        tok = rq.get('token')
        if tok and tok in rq['raw'].decode('utf8', 'replace'): self.violate(rq, 'error', 'token-leak', 'the request body contains the token')
    # ---- helpers
    def nid(self): self.ids += 1; return self.ids
    def repo(self, p):
        r = self.s['repos'].get(f"{p['owner']}/{p['repo']}")
        if r is None: raise err(404, 'Not Found')
        return r
    def base(self, rq): return rq['base']
    def mk(self, rq, schema, **kw):
        d = self.urls(rq, self.c.synth(rq['ver'], {'$ref': '#/components/schemas/' + schema})); d.update(kw); return d
    def urls(self, rq, d):                  # hypermedia links must at least be URLs on this host
        if isinstance(d, dict):
            for k, v in d.items():
                if isinstance(v, (dict, list)): self.urls(rq, v)
                elif v == 'stub' and (k == 'url' or k.endswith('_url') or k in ('href', 'git', 'html', 'self')): d[k] = rq['base'] + '/_unlinked/' + k
        elif isinstance(d, list):
            for x in d: self.urls(rq, x)
        return d
    def user(self, rq, login): return self.mk(rq, 'SimpleUser', login=login, id=abs(hash(login)) % 10**6, node_id='U_' + login, type='Bot' if login.endswith('[bot]') else 'User', html_url='https://github.com/' + login)
    def comment(self, rq, p, c):
        b = f"{rq['base']}/repos/{p['owner']}/{p['repo']}"
        return self.mk(rq, 'IssueComment', id=c['id'], node_id=f"IC_{c['id']}", url=f"{b}/issues/comments/{c['id']}", html_url=f"https://github.com/{p['owner']}/{p['repo']}/pull/{c['issue']}#issuecomment-{c['id']}", issue_url=f"{b}/issues/{c['issue']}", body=c['body'], user=self.user(rq, c['user']), created_at=c['created_at'], updated_at=c['updated_at'], author_association='CONTRIBUTOR')
    def pull(self, rq, p, num, x, schema):
        full = f"{p['owner']}/{p['repo']}"; d = self.urls(rq, self.c.synth(rq['ver'], {'$ref': '#/components/schemas/' + schema}))
        b = f"{rq['base']}/repos/{full}"
        d.update(number=int(num), id=9000 + int(num), state=x.get('state', 'open'), title=x.get('title', ''), body=x.get('body'), draft=x.get('draft', False), url=f'{b}/pulls/{num}', html_url=f'https://github.com/{full}/pull/{num}', user=self.user(rq, x.get('user', 'alice')), issue_url=f'{b}/issues/{num}', comments_url=f'{b}/issues/{num}/comments', review_comments_url=f'{b}/pulls/{num}/comments', commits_url=f'{b}/pulls/{num}/commits')
        for side in ('head', 'base'):
            d[side].update(ref=x.get(side + '_ref', 'main'), sha=x.get(side + '_sha', 'c' * 40), label=f"{p['owner']}:{x.get(side + '_ref', 'main')}", user=self.user(rq, p['owner']))
            rf = ('mallory/' + p['repo']) if side == 'head' and x.get('fork') else full
            if not isinstance(d[side].get('repo'), dict): d[side]['repo'] = self.mk(rq, 'Repository')
            d[side]['repo'].update(full_name=rf, name=p['repo'], fork=rf != full)
            if isinstance(d[side]['repo'].get('owner'), dict) or 'owner' in d[side]['repo']: d[side]['repo']['owner'] = self.user(rq, rf.split('/')[0])
        if 'changed_files' in d: d.update(changed_files=len(x.get('files', [])), commits=1, comments=0)
        return d
    def page(self, rq, items, wrap=None):
        try: pp = min(max(int(rq['query'].get('per_page', 30)), 1), 100); pg = max(int(rq['query'].get('page', 1)), 1)
        except ValueError: pp, pg = 30, 1
        last = max(1, -(-len(items) // pp)); sl = items[(pg - 1) * pp: pg * pp]; links = []
        def url(n):
            q = dict(rq['query']); q['page'] = str(n); return f"<{rq['base']}{rq['path']}?{urlencode(q)}>"
        if pg > 1: links += [f'{url(min(pg - 1, last))}; rel="prev"']
        if pg < last: links += [f'{url(pg + 1)}; rel="next"', f'{url(last)}; rel="last"']
        if pg > 1: links += [f'{url(1)}; rel="first"']
        h = {'Link': ', '.join(links)} if links else {}
        return 200, ({**wrap, list(wrap)[-1]: sl} if wrap else sl), h
    def too_long(self, body, resource='IssueComment'):
        if body is not None and len(body) > MAX_BODY:
            raise err(422, 'Validation Failed', [{'resource': resource, 'code': 'unprocessable', 'field': 'data', 'message': f'Body is too long (maximum is {MAX_BODY} characters)'}])
        if body is not None and not body.strip(): raise err(422, 'Validation Failed', [{'resource': resource, 'code': 'missing_field', 'field': 'body', 'message': "Body can't be blank"}])
    def markers(self, body): return set(re.findall(r'<!--\s*(.*?)\s*-->', body or '', re.S)) | set(re.findall(r'^\[//\]: # \((.*?)\)', body or '', re.M))
    def lint_body(self, rq, body):
        bare = re.sub(r'```.*?```|`[^`]*`', '', body or '', flags=re.S)
        m = re.findall(r'(?<![\w/`.])@[A-Za-z0-9][\w-]*', bare)
        if m: self.violate(rq, 'warn', 'live-mention', f'comment would notify {sorted(set(m))[:5]}')
    # ---- dispatch
    def handle(self, rq):
        with self.lock:
            self.n += 1; rq['n'] = self.n; self.reqs.append({k: rq[k] for k in ('n', 'method', 'path', 'query')} | {'ts': time.time()})
            h = rq['headers']; ver = h.get('x-github-api-version')
            rq['ver'] = ver if ver in self.c.v else DEFAULT_VERSION
            op, params = self.c.match(rq['ver'], rq['method'], rq['path'])
            rq['op'] = op['operationId'] if op else None; self.reqs[-1]['op'] = rq['op']
            try:
                if not h.get('user-agent'):
                    self.violate(rq, 'error', 'user-agent-missing', 'GitHub answers 403 without a User-Agent'); raise HTTPErr(403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header\n', {'Content-Type': 'text/html'})
                if ver is None: self.violate(rq, 'warn', 'api-version-missing', 'send X-GitHub-Api-Version')
                elif ver not in self.c.v: self.violate(rq, 'error', 'api-version-unsupported', ver); raise err(400, f"Version {ver} is not supported")
                tk = h.get('authorization', '')
                if self.hold.get(tk, 0) > self.time(): self.violate(rq, 'error', 'retried-before-retry-after', f'{self.hold[tk] - self.time():.2f} s too early')
                f = self.fault(rq)
                if f and f['kind'] in EARLY: return self.early(rq, f)
                if rq['path'] == '/graphql' and rq['method'] == 'POST': return self.after(rq, f, self.graphql(rq))
                t = re.fullmatch(r'/orgs/([^/]+)/teams/([^/]+)(?:/memberships/([^/]+))?', rq['path'])
                if t and rq['method'] == 'GET': rq['op'] = 'teams'; rq['who'] = self.auth(rq, None, rq['path']); return self.after(rq, f, self.team(*t.groups()))
                if op is None:
                    if params: self.violate(rq, 'error', 'method-not-allowed', f"{rq['method']} here; contract has {params}")
                    else: self.violate(rq, 'error', 'unknown-endpoint', 'path is not in the (reduced) contract')
                    raise err(404, 'Not Found')
                rq['who'] = self.auth(rq, op, rq['path'])
                self.validate(rq, op, params)
                if self.a.strict and any(v['severity'] == 'error' for v in rq.get('viol', [])): raise err(422, 'stub --strict: ' + '; '.join(v['rule'] + ': ' + v['message'] for v in rq['viol']))
                if rq['method'] in ('POST', 'PATCH', 'PUT') and self.a.content_limit:
                    t = self.time(); self.content_ts = [x for x in self.content_ts if x > t - 60] + [t]
                    if len(self.content_ts) > self.a.content_limit: return self.early(rq, {'kind': 'secondary_403', 'retry_after': self.a.retry_after})
                fn = getattr(self, 'op_' + re.sub(r'\W', '_', op['operationId']), None)
                if fn is None: res = (op['success'][0], self.c.synth(rq['ver'], op['response']) if op['response'] else None, {})
                else: res = fn(rq, params, rq['body'] if rq['body'] is not None else {})
                st, bd, hd = res
                if st not in op['success'] and st < 300: self.violate(rq, 'stub', 'stub-status', f'{st} not in {op["success"]}')
                if op['rv'] is not None and st < 300 and bd is not None:
                    e = next(iter(op['rv'].iter_errors(bd)), None)
                    if e is not None: self.violate(rq, 'stub', 'stub-response-mismatch', e.message[:200], '/' + '/'.join(map(str, e.absolute_path)))
                return self.after(rq, f, (st, bd, hd))
            except HTTPErr as e:
                return e.status, e.body, e.headers
            finally:
                self.flush()
    def early(self, rq, f):
        k = f['kind']; tk = rq['headers'].get('authorization', ''); ra = f.get('retry_after', 1)
        if k in ('secondary_403', 'secondary_403_no_header', 'r429'):
            self.hold[tk] = self.time() + (ra if k != 'secondary_403_no_header' else f.get('hold', 1))
            hd = {} if k == 'secondary_403_no_header' else {'Retry-After': str(ra)}
            return (429 if k == 'r429' else 403), {'message': 'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.', 'documentation_url': 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits'}, hd
        if k == 'primary_403':
            reset = int(self.time()) + ra; self.hold[tk] = reset
            return 403, {'message': 'API rate limit exceeded for user ID 1.', 'documentation_url': 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api'}, {'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': str(reset)}
        if k == 'r401': return 401, {'message': 'Bad credentials', 'documentation_url': 'https://docs.github.com/rest', 'status': '401'}, {}
        if k == 'r404': return 404, {'message': 'Not Found', 'documentation_url': 'https://docs.github.com/rest', 'status': '404'}, {}
        if k == 'r422': return 422, {'message': 'Validation Failed', 'errors': [{'resource': 'IssueComment', 'code': 'unprocessable', 'field': 'data', 'message': f.get('message', f'Body is too long (maximum is {MAX_BODY} characters)')}]}, {}
        if k == 'r500': return 500, {'message': 'Server Error'}, {}
        if k == 'r503': return 503, {'message': 'Service unavailable'}, {'Retry-After': str(ra)} if 'retry_after' in f else {}
        if k == 'r502_html': return 502, '<html><head><title>502 Bad Gateway</title></head><body>Unicorn!</body></html>', {'Content-Type': 'text/html'}
        if k == 'redirect_301': return 301, {'message': 'Moved Permanently', 'url': rq['base'] + f['to']}, {'Location': rq['base'] + f['to']}
        if k == 'reset': return 0, None, {'_reset': True}
    def after(self, rq, f, res):
        if not f: return res
        st, bd, hd = res; k = f['kind']
        if k == 'slow': return st, bd, {**hd, '_sleep': f.get('seconds', 2)}
        if k == 'truncate': return st, bd, {**hd, '_truncate': f.get('bytes', 20)}
        if k == 'empty_body': return st, '', {**hd, 'Content-Type': 'application/json'}
        if k == 'bad_json': return st, '{"id": 1, "body": ', {**hd, 'Content-Type': 'application/json'}
        if k == 'applied_then_502': return 502, '<html>502 Bad Gateway</html>', {'Content-Type': 'text/html'}
        if k == 'applied_then_reset': return 0, None, {'_reset': True}
        if k == 'duplicate_race':           # another runner created the same comment in the same instant
            for r in self.s['repos'].values():
                if isinstance(bd, dict) and bd.get('id') in r['comments']:
                    c = dict(r['comments'][bd['id']]); c['id'] = self.nid(); r['comments'][c['id']] = c
        if k == 'ghost_list':
            for r in self.s['repos'].values():
                if isinstance(bd, dict) and bd.get('id') in r['comments']: r['comments'][bd['id']]['hidden_lists'] = f.get('lists', 1)
        return res
    # ---- operations
    def op_meta_root(self, rq, p, b): return 200, self.mk(rq, 'Root'), {}
    def op_rate_limit_get(self, rq, p, b):
        r = {'limit': 5000, 'used': 5000 - self.remaining, 'remaining': self.remaining, 'reset': int(self.time()) + 1800}
        return 200, {'resources': {'core': r, 'search': r}, 'rate': r}, {}
    def op_users_get_authenticated(self, rq, p, b):
        d = self.c.synth(rq['ver'], {'$ref': '#/components/schemas/PublicUser'}); d.update(login=rq['who']['login'], id=1, type='User'); return 200, d, {}
    def op_apps_get_authenticated(self, rq, p, b): return 200, self.mk(rq, 'Integration', id=int(self.s['app']['id']), slug=self.s['app']['slug'], name=self.s['app']['slug'], owner=self.user(rq, 'octo')), {}
    def inst(self, rq, iid):
        i = self.s['app']['installations'][str(iid)]
        return self.mk(rq, 'Installation', id=int(iid), account=self.user(rq, i['account']), app_id=int(self.s['app']['id']), app_slug=self.s['app']['slug'], repository_selection='selected', permissions=i.get('permissions', {'contents': 'read', 'pull_requests': 'write', 'checks': 'write', 'statuses': 'write', 'metadata': 'read'}), access_tokens_url=f"{rq['base']}/app/installations/{iid}/access_tokens")
    def op_apps_list_installations(self, rq, p, b): return self.page(rq, [self.inst(rq, i) for i in self.s['app']['installations']])
    def op_apps_get_installation(self, rq, p, b):
        if str(p['installation_id']) not in self.s['app']['installations']: raise err(404, 'Not Found')
        return 200, self.inst(rq, p['installation_id']), {}
    def op_apps_get_repo_installation(self, rq, p, b):
        for i, x in self.s['app']['installations'].items():
            if f"{p['owner']}/{p['repo']}" in x['repos']: return 200, self.inst(rq, i), {}
        raise err(404, 'Not Found')
    def op_apps_create_installation_access_token(self, rq, p, b):
        if str(p['installation_id']) not in self.s['app']['installations']: raise err(404, 'Not Found')
        granted = self.inst(rq, p['installation_id'])['permissions']
        if any(k not in granted or (v == 'write' and granted[k] == 'read') for k, v in (b.get('permissions') or {}).items()): raise err(422, 'The permissions requested are not granted to this installation.')
        have = {x.split('/')[1] for x in self.s['app']['installations'][str(p['installation_id'])]['repos']}
        if set(b.get('repositories') or []) - have: raise err(422, 'There is at least one repository that does not exist or is not accessible to the parent installation.')
        tok = 'ghs_' + uuid.uuid4().hex; ttl = self.s['app'].get('token_ttl', 3600); perms = b.get('permissions') or {'contents': 'write', 'pull_requests': 'write', 'checks': 'write', 'metadata': 'read'}
        self.s['tokens'][tok] = {'login': self.s['app']['slug'] + '[bot]', 'kind': 'installation', 'perms': 'write' if 'write' in perms.values() else 'read', 'expires': self.time() + ttl}
        return 201, {'token': tok, 'expires_at': datetime.fromtimestamp(self.time() + ttl, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ'), 'permissions': perms, 'repository_selection': 'selected'}, {}
    def op_apps_list_repos_accessible_to_installation(self, rq, p, b):
        it = [self.repo_obj(rq, f, 'Repository') for f in self.s['repos']]; return self.page(rq, it, {'total_count': len(it), 'repositories': []})
    def repo_obj(self, rq, full, schema):
        r = self.s['repos'][full]; o, n = full.split('/')
        return self.mk(rq, schema, id=abs(hash(full)) % 10**8, name=n, full_name=full, owner=self.user(rq, o), private=r.get('private', False), visibility=r.get('visibility', 'private' if r.get('private') else 'public'), default_branch=r.get('default_branch', 'main'), url=f"{rq['base']}/repos/{full}", html_url='https://github.com/' + full, permissions={'admin': False, 'push': rq['who']['perms'] == 'write', 'pull': True})
    def op_repos_get(self, rq, p, b): self.repo(p); return 200, self.repo_obj(rq, f"{p['owner']}/{p['repo']}", 'FullRepository'), {}
    def op_repos_list_for_authenticated_user(self, rq, p, b): return self.page(rq, [self.repo_obj(rq, f, 'Repository') for f in self.s['repos']])
    def op_repos_get_content(self, rq, p, b):
        r = self.repo(p); ref = rq['query'].get('ref', r['default_branch']).replace('refs/heads/', ''); files = r['files'].get(ref)
        if files is None: raise err(404, f'No commit found for the ref {ref}')
        path = p['path'].strip('/')
        if path in files:
            d = files[path].encode(); s = sha1('blob', d)
            return 200, self.mk(rq, 'ContentFile', type='file', encoding='base64', size=len(d), name=path.split('/')[-1], path=path, content=base64.encodebytes(d).decode(), sha=s), {}
        kids = sorted({f[len(path) + 1:].split('/')[0] for f in files if f.startswith(path + '/')})
        if not kids: raise err(404, 'Not Found')
        return 200, [self.mk(rq, 'ContentDirectoryItems', type='file' if path + '/' + k in files else 'dir', name=k, path=path + '/' + k, sha=sha1('blob', files.get(path + '/' + k, '').encode())) for k in kids], {}
    def op_repos_create_or_update_file_contents(self, rq, p, b):
        r = self.repo(p); br = b.get('branch', r['default_branch']); files = r['files'].setdefault(br, {}); path = p['path']; new = path not in files
        try: data = base64.b64decode(b['content'], validate=False)
        except binascii.Error: raise err(422, 'content is not valid Base64')
        if not new and 'sha' not in b: raise err(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
        if not new and b['sha'] != sha1('blob', files[path].encode()): raise err(409, f"{path} does not match {b['sha']}")
        files[path] = data.decode('utf8', 'replace'); d = self.c.synth(rq['ver'], {'$ref': '#/components/schemas/FileCommit'})
        if isinstance(d.get('content'), dict): d['content'].update(path=path, sha=sha1('blob', data))
        return (201 if new else 200), d, {}
    def status(self, rq, s): return self.mk(rq, 'Status', **{k: s[k] for k in ('id', 'state', 'description', 'target_url', 'context', 'created_at', 'updated_at')}, creator=self.user(rq, s['user']))
    def op_repos_create_commit_status(self, rq, p, b):
        r = self.repo(p)
        if not re.fullmatch(r'[0-9a-f]{40}|[0-9a-f]{64}', p['sha']): raise err(422, f"No commit found for SHA: {p['sha']}")
        if len(b.get('description') or '') > 140: self.violate(rq, 'error', 'status-description-length', 'max 140 characters'); raise err(422, 'Validation Failed', [{'resource': 'Status', 'code': 'custom', 'field': 'description', 'message': 'description is too long (maximum is 140 characters)'}])
        l = r['statuses'].setdefault(p['sha'], []); ctx = b.get('context', 'default')
        if sum(x['context'] == ctx for x in l) >= 1000: raise err(422, 'Validation Failed', [{'resource': 'Status', 'code': 'custom', 'message': 'This SHA and context has reached the maximum number of statuses.'}])
        if l and any(x['context'] == ctx for x in l):
            x = [x for x in l if x['context'] == ctx][-1]
            if (x['state'], x['description'], x['target_url']) == (b['state'], b.get('description'), b.get('target_url')): self.violate(rq, 'warn', 'noop-status', f'same {ctx} status posted again')
        s = dict(id=self.nid(), state=b['state'], description=b.get('description'), target_url=b.get('target_url'), context=ctx, created_at=now(), updated_at=now(), user=rq['who']['login']); l.append(s); return 201, self.status(rq, s), {}
    def op_repos_list_commit_statuses_for_ref(self, rq, p, b): return self.page(rq, [self.status(rq, s) for s in reversed(self.repo(p)['statuses'].get(p['ref'], []))])
    def op_repos_get_combined_status_for_ref(self, rq, p, b):
        l = {s['context']: s for s in self.repo(p)['statuses'].get(p['ref'], [])}.values(); st = {s['state'] for s in l}
        d = self.mk(rq, 'CombinedCommitStatus', state='failure' if st & {'failure', 'error'} else 'pending' if 'pending' in st or not st else 'success', sha=p['ref'], total_count=len(l)); d['repository'] = self.mk(rq, 'MinimalRepository', full_name=f"{p['owner']}/{p['repo']}", name=p['repo']); return 200, d, {}
    # pulls
    def getpr(self, p):
        x = self.repo(p)['pulls'].get(str(p.get('pull_number', p.get('issue_number'))))
        if x is None: raise err(404, 'Not Found')
        return x
    def op_pulls_get(self, rq, p, b):
        x = self.getpr(p); return 200, self.pull(rq, p, p['pull_number'], x, 'PullRequest'), {}
    def op_pulls_list(self, rq, p, b):
        st = rq['query'].get('state', 'open'); hd = rq['query'].get('head', '').split(':')[-1]
        return self.page(rq, [self.pull(rq, p, n, x, 'PullRequestSimple') for n, x in sorted(self.repo(p)['pulls'].items(), key=lambda i: -int(i[0])) if st in ('all', x.get('state', 'open')) and (not hd or x.get('head_ref') == hd)])
    def op_pulls_create(self, rq, p, b):
        r = self.repo(p)
        if any(x.get('head_ref') == b['head'].split(':')[-1] and x.get('state', 'open') == 'open' for x in r['pulls'].values()): raise err(422, 'Validation Failed', [{'resource': 'PullRequest', 'code': 'custom', 'message': f"A pull request already exists for {p['owner']}:{b['head']}."}])
        self.too_long(b.get('body') or None, 'PullRequest'); n = str(max([int(k) for k in r['pulls']] + [0]) + 1)
        r['pulls'][n] = {'title': b.get('title', ''), 'body': b.get('body'), 'head_ref': b['head'].split(':')[-1], 'base_ref': b['base'], 'user': rq['who']['login']}; return 201, self.pull(rq, p, n, r['pulls'][n], 'PullRequest'), {}
    def op_pulls_update(self, rq, p, b):
        x = self.getpr(p); x.update({k: v for k, v in b.items() if k in ('title', 'body', 'state')}); return 200, self.pull(rq, p, p['pull_number'], x, 'PullRequest'), {}
    def op_pulls_list_files(self, rq, p, b):
        fs = self.getpr(p).get('files', [])[:3000]
        return self.page(rq, [self.mk(rq, 'DiffEntry', **{'sha': sha1('blob', f['filename'].encode()), 'additions': 0, 'deletions': 0, 'changes': f.get('additions', 0) + f.get('deletions', 0), 'status': 'modified', **f}) for f in fs])
    def rc(self, rq, p, c): return self.mk(rq, 'PullRequestReviewComment', id=c['id'], body=c['body'], path=c['path'], line=c.get('line'), commit_id=c['commit_id'], user=self.user(rq, c['user']), created_at=c['at'], updated_at=c['at'], side=c.get('side', 'RIGHT'), author_association='CONTRIBUTOR')
    def op_pulls_list_reviews(self, rq, p, b):
        return self.page(rq, [self.mk(rq, 'PullRequestReview', id=5000 + i, node_id=f'PRR_{i}', state=x['state'], commit_id=x.get('commit_id'), submitted_at=x.get('submitted_at', now()), body=x.get('body', ''), user=self.user(rq, x['user']) if x.get('user') else None) for i, x in enumerate(self.getpr(p).get('reviews', []))])
    def op_pulls_list_review_comments(self, rq, p, b): self.getpr(p); return self.page(rq, [self.rc(rq, p, c) for c in self.repo(p)['review_comments'].values() if c['pr'] == p['pull_number']])
    def op_pulls_create_review_comment(self, rq, p, b):
        x = self.getpr(p); self.too_long(b['body'], 'PullRequestReviewComment')
        if b['path'] not in [f['filename'] for f in x.get('files', [])]: raise err(422, 'Validation Failed', [{'resource': 'PullRequestReviewComment', 'code': 'invalid', 'field': 'path'}, {'resource': 'PullRequestReviewComment', 'code': 'missing_field', 'field': 'pull_request_review_thread.diff_hunk'}])
        c = {**b, 'id': self.nid(), 'pr': p['pull_number'], 'user': rq['who']['login'], 'at': now()}; self.repo(p)['review_comments'][c['id']] = c; return 201, self.rc(rq, p, c), {}
    def op_pulls_delete_review_comment(self, rq, p, b):
        if self.repo(p)['review_comments'].pop(p['comment_id'], None) is None: raise err(404, 'Not Found')
        return 204, None, {}
    # issues + comments
    def has_issue(self, p):
        r = self.repo(p); n = str(p['issue_number'])
        if n not in r['pulls'] and n not in r['issues']: raise err(404, 'Not Found')
        if (r['pulls'].get(n) or r['issues'].get(n)).get('locked'): 
            if p.get('_write'): raise err(403, 'Unable to create comment because issue is locked.')
        return r
    def op_issues_list_comments(self, rq, p, b):
        r = self.has_issue(p); out = []
        for c in sorted(r['comments'].values(), key=lambda c: c['id']):
            if c['issue'] != p['issue_number']: continue
            if c['hidden_lists'] > 0: c['hidden_lists'] -= 1; continue
            if 'since' in rq['query'] and c['updated_at'] < rq['query']['since']: continue
            out.append(self.comment(rq, p, c))
        return self.page(rq, out)
    def op_issues_create_comment(self, rq, p, b):
        r = self.has_issue({**p, '_write': True}); self.too_long(b['body']); self.lint_body(rq, b['body']); me = rq['who']['login']
        for c in r['comments'].values():
            if c['issue'] == p['issue_number'] and c['user'] == me and not c['minimized'] and self.markers(c['body']) & self.markers(b['body']):
                self.violate(rq, 'warn', 'duplicate-marker-comment', f"comment {c['id']} already carries {sorted(self.markers(c['body']) & self.markers(b['body']))[:1]}"); break
        c = dict(id=self.nid(), issue=p['issue_number'], user=me, body=b['body'], created_at=now(), updated_at=now(), hidden_lists=0, minimized=False); r['comments'][c['id']] = c; r['comments_created'] = r.get('comments_created', 0) + 1
        d = self.comment(rq, p, c); return 201, d, {'Location': d['url']}
    def getc(self, rq, p):
        c = self.repo(p)['comments'].get(p['comment_id'])
        if c is None: raise err(404, 'Not Found')
        return c
    def op_issues_get_comment(self, rq, p, b): return 200, self.comment(rq, p, self.getc(rq, p)), {}
    def op_issues_update_comment(self, rq, p, b):
        c = self.getc(rq, p); self.too_long(b['body']); self.lint_body(rq, b['body'])
        if c['user'] != rq['who']['login'] and rq['who']['kind'] == 'installation': raise err(403, 'Resource not accessible by integration')
        if c['body'] == b['body']: self.violate(rq, 'warn', 'noop-update', f"comment {c['id']} patched with identical body")
        c.update(body=b['body'], updated_at=now()); return 200, self.comment(rq, p, c), {}
    def op_issues_delete_comment(self, rq, p, b): self.getc(rq, p); del self.repo(p)['comments'][p['comment_id']]; return 204, None, {}
    def op_issues_create(self, rq, p, b):
        r = self.repo(p); n = str(max([int(k) for k in list(r['pulls']) + list(r['issues'])] + [0]) + 1); self.too_long(b.get('body') or None, 'Issue'); r['issues'][n] = {'title': str(b['title']), 'body': b.get('body'), 'state': 'open', 'labels': b.get('labels', [])}; return 201, self.issue(rq, p, n), {}
    def issue(self, rq, p, n):
        r = self.repo(p); x = r['issues'].get(n) or r['pulls'][n]; return self.mk(rq, 'Issue', number=int(n), id=7000 + int(n), title=x.get('title', ''), body=x.get('body'), state=x.get('state', 'open'), labels=[l if isinstance(l, str) else l.get('name', '') for l in x.get('labels', [])], user=self.user(rq, 'alice'), html_url=f"https://github.com/{p['owner']}/{p['repo']}/issues/{n}", url=f"{rq['base']}/repos/{p['owner']}/{p['repo']}/issues/{n}", comments_url=f"{rq['base']}/repos/{p['owner']}/{p['repo']}/issues/{n}/comments")
    def op_issues_get(self, rq, p, b): self.has_issue(p); return 200, self.issue(rq, p, str(p['issue_number'])), {}
    def op_issues_update(self, rq, p, b):
        r = self.has_issue(p); x = r['issues'].get(str(p['issue_number'])) or r['pulls'][str(p['issue_number'])]; x.update({k: v for k, v in b.items() if k in ('title', 'body', 'state', 'labels')}); return 200, self.issue(rq, p, str(p['issue_number'])), {}
    def op_issues_list_for_repo(self, rq, p, b): r = self.repo(p); st = rq['query'].get('state', 'open'); return self.page(rq, [self.issue(rq, p, n) for n in sorted(list(r['issues']) + list(r['pulls']), key=int, reverse=True) if st in ('all', (r['issues'].get(n) or r['pulls'][n]).get('state', 'open'))])
    # checks
    def cr(self, rq, p, c):
        o = c['output']; d = self.mk(rq, 'CheckRun', id=c['id'], head_sha=c['head_sha'], name=c['name'], status=c['status'], conclusion=c['conclusion'], external_id=c.get('external_id'), details_url=c.get('details_url'), started_at=c['started_at'], completed_at=c.get('completed_at'), url=f"{rq['base']}/repos/{p['owner']}/{p['repo']}/check-runs/{c['id']}", html_url=f"https://github.com/{p['owner']}/{p['repo']}/runs/{c['id']}")
        d['output'] = {'title': o.get('title'), 'summary': o.get('summary'), 'text': o.get('text'), 'annotations_count': len(c['annotations']), 'annotations_url': d['url'] + '/annotations'}
        d['check_suite'] = {'id': 5}; slug = c.get('user', '').removesuffix('[bot]') or self.s['app']['slug']; d['app'] = self.mk(rq, 'Integration', id=self.app_id(slug), slug=slug, name=slug, owner=self.user(rq, 'octo')); return d
    def app_id(self, slug): return 15368 if slug == 'github-actions' else int(self.s['app']['id'])
    def merge_cr(self, rq, c, b):
        for k in ('name', 'status', 'conclusion', 'external_id', 'details_url', 'started_at', 'completed_at'): 
            if k in b: c[k] = b[k]
        if 'conclusion' in b: c['status'] = 'completed'; c.setdefault('completed_at', now())
        if c['status'] == 'completed' and not c.get('conclusion'): raise err(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.')
        if b.get('conclusion') == 'stale': self.violate(rq, 'error', 'check-conclusion-stale', 'only GitHub can set stale')
        o = b.get('output')
        if o:
            for i, an in enumerate(o.get('annotations', [])):
                if an['start_line'] > an['end_line']: self.violate(rq, 'error', 'annotation-lines', 'start_line > end_line', f'/output/annotations/{i}')
                if ('start_column' in an or 'end_column' in an) and an['start_line'] != an['end_line']: self.violate(rq, 'error', 'annotation-columns', 'columns only when start_line == end_line', f'/output/annotations/{i}')
                if an['path'].startswith('/') or '..' in an['path'].split('/'): self.violate(rq, 'error', 'annotation-path', 'must be repository-relative', f'/output/annotations/{i}/path')
                for k, n in (('message', 65536), ('raw_details', 65536), ('title', 255)):
                    if len((an.get(k) or '').encode()) > n: self.violate(rq, 'error', 'annotation-size', f'{k} > {n}', f'/output/annotations/{i}/{k}')
            for k in ('summary', 'text'):
                if len((o.get(k) or '')) > 65535: self.violate(rq, 'error', 'output-size', f'{k} > 65535', f'/output/{k}'); raise err(422, f'Invalid request.\n\nOnly 65535 characters are allowed for {k}.')
            c['annotations'] += o.get('annotations', []); c['output'] = {k: o.get(k) for k in ('title', 'summary', 'text')}
    def op_checks_create(self, rq, p, b):
        r = self.repo(p); c = dict(id=self.nid(), head_sha=b['head_sha'], name=b['name'], status='queued', conclusion=None, started_at=now(), annotations=[], output={}, user=rq['who']['login']); self.merge_cr(rq, c, b)
        if any(x['head_sha'] == c['head_sha'] and x['name'] == c['name'] and x.get('external_id') and x.get('external_id') == c.get('external_id') for x in r['check_runs'].values()): self.violate(rq, 'warn', 'duplicate-check-run', 'same head_sha + name + external_id exists: update it instead')
        r['check_runs'][c['id']] = c; return 201, self.cr(rq, p, c), {}
    def getcr(self, p):
        c = self.repo(p)['check_runs'].get(p['check_run_id'])
        if c is None: raise err(404, 'Not Found')
        return c
    def op_checks_update(self, rq, p, b): c = self.getcr(p); self.merge_cr(rq, c, b); return 200, self.cr(rq, p, c), {}
    def op_checks_get(self, rq, p, b): return 200, self.cr(rq, p, self.getcr(p)), {}
    def op_checks_list_annotations(self, rq, p, b): return self.page(rq, [self.mk(rq, 'CheckAnnotation', **{'start_column': None, 'end_column': None, 'title': None, 'raw_details': None, 'blob_href': '', **a}) for a in self.getcr(p)['annotations']])
    def op_checks_list_for_ref(self, rq, p, b):
        q = rq['query']; l = [c for c in self.repo(p)['check_runs'].values() if c['head_sha'] == p['ref'] and q.get('check_name', c['name']) == c['name'] and q.get('status', c['status']) == c['status']]
        if 'app_id' in q: l = [c for c in l if str(self.app_id(c['user'].removesuffix('[bot]'))) == q['app_id']]
        if q.get('filter', 'latest') == 'latest': l = list({(c['user'], c['name']): c for c in l}.values())
        return self.page(rq, [self.cr(rq, p, c) for c in l], {'total_count': len(l), 'check_runs': []})
    # SARIF
    def op_code_scanning_upload_sarif(self, rq, p, b):
        r = self.repo(p); probs = []
        try: gz = base64.b64decode(b['sarif'], validate=True)
        except Exception: self.violate(rq, 'error', 'sarif-base64', 'sarif must be base64'); raise err(400, 'Bad Request')
        if len(gz) > 10 * 2**20: raise err(413, 'Payload too large')
        try: doc = json.loads(gzip.decompress(gz))
        except Exception: self.violate(rq, 'error', 'sarif-gzip', 'sarif must be gzip-compressed JSON, base64-encoded'); raise err(400, 'Invalid SARIF. Invalid request.')
        runs = doc.get('runs', [])
        if doc.get('version') != '2.1.0': probs.append('version must be 2.1.0')
        for lim, n, msg in ((20, len(runs), 'there are more runs than allowed (%d > %d)'),):
            if n > lim: probs.append('rejecting SARIF, as ' + msg % (n, lim))
        for i, run in enumerate(runs):
            res = run.get('results') or []; rules = run.get('tool', {}).get('driver', {}).get('rules') or []
            if len(res) > 25000: probs.append(f'rejecting SARIF, as there are more results per run than allowed ({len(res)} > 25000)')
            if len(res) > 5000: self.violate(rq, 'warn', 'sarif-truncated', f'{len(res)} results: only 5000 are kept')
            if len(rules) > 25000: probs.append('more rules than allowed')
            for j, x in enumerate(res):
                ptr = f'/runs/{i}/results/{j}'
                if not x.get('message', {}).get('text') and not x.get('message', {}).get('id'): probs.append(ptr + ' has no message.text')
                if not x.get('locations'): self.violate(rq, 'error', 'sarif-no-location', 'code scanning needs a location per result', ptr)
                else:
                    u = x['locations'][0].get('physicalLocation', {}).get('artifactLocation', {}).get('uri', '')
                    if not u: self.violate(rq, 'error', 'sarif-no-uri', 'no artifactLocation.uri', ptr)
                    elif re.match(r'^(/|file:|https?:)', u): self.violate(rq, 'warn', 'sarif-absolute-uri', u, ptr)
                if not x.get('partialFingerprints'): self.violate(rq, 'warn', 'sarif-no-fingerprint', 'direct API upload without partialFingerprints duplicates alerts', ptr)
                if j > 50: break
        sid = str(uuid.uuid4()); r['sarifs'][sid] = {'doc': doc, 'errors': probs, 'polls': self.s.get('sarif_pending_polls', 1), 'ref': b['ref'], 'commit': b['commit_sha'], 'tool': b.get('tool_name')}
        for x in probs: self.violate(rq, 'error', 'sarif-rejected', x)
        return 202, {'id': sid, 'url': f"{rq['base']}/repos/{p['owner']}/{p['repo']}/code-scanning/sarifs/{sid}"}, {}
    def op_code_scanning_get_sarif(self, rq, p, b):
        s = self.repo(p)['sarifs'].get(p['sarif_id'])
        if s is None: raise err(404, 'Not Found')
        if s['polls'] > 0: s['polls'] -= 1; return 200, {'processing_status': 'pending'}, {}
        return 200, {'processing_status': 'failed' if s['errors'] else 'complete', 'analyses_url': None, 'errors': s['errors'] or None}, {}
    # git data
    def op_git_create_blob(self, rq, p, b):
        d = base64.b64decode(b['content']) if b.get('encoding') == 'base64' else b['content'].encode(); s = sha1('blob', d); self.repo(p)['objects'][s] = d.decode('utf8', 'replace'); return 201, {'sha': s, 'url': f"{rq['base']}/repos/{p['owner']}/{p['repo']}/git/blobs/{s}"}, {}
    def op_git_create_commit(self, rq, p, b):
        s = sha1('commit', json.dumps(b, sort_keys=True).encode()); self.repo(p)['objects'][s] = {'commit': b}; d = self.mk(rq, 'GitCommit', sha=s, message=b['message']); d['parents'] = [self.c.synth(rq['ver'], {'type': 'object'}) | {'sha': x, 'url': '', 'html_url': ''} for x in b.get('parents', [])]; return 201, d, {}
    def anc(self, r, s, target):
        todo = [s]; seen = set()
        while todo:
            x = todo.pop()
            if x == target: return True
            if x in seen: continue
            seen.add(x); o = r['objects'].get(x)
            if isinstance(o, dict): todo += o['commit'].get('parents', [])
        return False
    def op_git_create_ref(self, rq, p, b):
        r = self.repo(p)
        if not b['ref'].startswith('refs/') or b['ref'].count('/') < 2: raise err(422, 'Reference name must start with refs/ and have two slashes')
        if b['ref'] in r['refs']: raise err(422, 'Reference already exists')
        r['refs'][b['ref']] = b['sha']; return 201, self.ref(rq, b['ref'], b['sha']), {}
    def ref(self, rq, n, s): d = self.mk(rq, 'GitRef', ref=n); d['object'] = {'type': 'commit', 'sha': s, 'url': 'https://stub.invalid/' }; return d
    def op_git_get_ref(self, rq, p, b):
        n = 'refs/' + p['ref']; r = self.repo(p)
        if n not in r['refs']: raise err(404, 'Not Found')
        return 200, self.ref(rq, n, r['refs'][n]), {}
    def op_git_update_ref(self, rq, p, b):
        n = 'refs/' + p['ref']; r = self.repo(p)
        if n not in r['refs']: raise err(422, 'Reference does not exist')
        if not b.get('force') and not self.anc(r, b['sha'], r['refs'][n]): raise err(422, 'Update is not a fast forward')
        r['refs'][n] = b['sha']; return 200, self.ref(rq, n, b['sha']), {}
    def team(self, org, slug, login):
        team = self.s.get('teams', {}).get(f'{org}/{slug}')
        if team is None or (login is not None and unquote(login) not in team): raise err(404, 'Not Found')
        return 200, {'slug': slug, 'name': slug} if login is None else {'state': team[unquote(login)], 'role': 'member'}, {}
    def graphql(self, rq):
        rq['op'] = 'graphql'; rq['who'] = self.auth(rq, None, '/graphql'); b = rq['body']
        if not isinstance(b, dict) or 'query' not in b: self.violate(rq, 'error', 'graphql-body', 'needs {"query": ...}'); return 400, {'message': 'Problems parsing JSON'}, {}
        m = re.search(r'minimizeComment', b['query']); v = json.dumps(b.get('variables', {})) + b['query']; ids = re.findall(r'IC_(\d+)', v)
        if m:
            cl = re.search(r'\b(ABUSE|DUPLICATE|OFF_TOPIC|OUTDATED|RESOLVED|SPAM)\b', v)
            for r in self.s['repos'].values():
                for i in ids:
                    if int(i) in r['comments'] and cl: r['comments'][int(i)]['minimized'] = True; return 200, {'data': {'minimizeComment': {'minimizedComment': {'isMinimized': True, 'minimizedReason': cl.group(1).lower()}}}}, {}
            return 200, {'data': {'minimizeComment': None}, 'errors': [{'type': 'NOT_FOUND', 'message': 'Could not resolve to a node'}]}, {}
        if re.search(r'\bviewer\b', b['query']): return 200, {'data': {'viewer': {'login': rq['who']['login']}}}, {}
        return 200, {'data': {}}, {}

EARLY = {'secondary_403', 'secondary_403_no_header', 'primary_403', 'r429', 'r401', 'r404', 'r422', 'r500', 'r503', 'r502_html', 'redirect_301', 'reset'}
KINDS = EARLY | {'slow', 'truncate', 'empty_body', 'bad_json', 'applied_then_502', 'applied_then_reset', 'ghost_list', 'duplicate_race'}

class H(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'; disable_nagle_algorithm = True; server_version = 'github.com'; sys_version = ''
    def log_message(self, *a): pass
    def date_time_string(self, timestamp=None): return super().date_time_string(self.server.stub.time() if timestamp is None else timestamp)
    def do(self):
        st = self.server.stub; u = urlsplit(self.path); n = int(self.headers.get('Content-Length') or 0)
        if self.headers.get('Transfer-Encoding', '').lower() == 'chunked':
            raw = b''
            while True:
                ln = int(self.rfile.readline().split(b';')[0], 16)
                raw += self.rfile.read(ln); self.rfile.readline()
                if ln == 0: break
        else: raw = self.rfile.read(n) if n else b''
        if self.headers.get('Content-Encoding') == 'gzip': raw = gzip.decompress(raw)
        path = u.path; q = dict(parse_qsl(u.query, keep_blank_values=True)); host = self.headers.get('Host') or '%s:%d' % self.server.server_address
        try: body = json.loads(raw) if raw else None
        except Exception: body = None
        if path.startswith('/_stub/'): return self.admin(st, path[7:], body)
        pre = st.a.prefix
        if pre:
            if not path.startswith(pre + '/') and path != pre and path != '/api/graphql':
                with st.lock: st.violate({'method': self.command, 'path': path}, 'error', 'ghes-prefix', f'GHES base is {pre}'); st.flush()
                return self.send(404, {'message': 'Not Found'}, {})
            path = '/graphql' if path == '/api/graphql' else path[len(pre):] or '/'
        rq = dict(method='GET' if self.command == 'HEAD' else self.command, path=path, query=q, headers={k.lower(): v for k, v in self.headers.items()}, raw=raw, body=body, base=f'http://{host}{pre}')
        try: status, bd, hd = st.handle(rq)
        except Exception as e:
            import traceback; traceback.print_exc(); status, bd, hd = 500, {'message': 'stub crash: ' + repr(e)}, {}
        if st.a.requests_log:
            with st.lock, open(st.a.requests_log, 'a') as f: f.write(json.dumps({'n': rq.get('n'), 'ts': time.time(), 'method': rq['method'], 'path': path, 'query': q, 'op': rq.get('op'), 'status': status, 'fault': rq.get('fault'), 'ua': rq['headers'].get('user-agent'), 'body': body, 'violations': [v['rule'] for v in rq.get('viol', [])]}) + '\n')
        self.send(status, bd, hd, rq)
    def send(self, status, bd, hd, rq=None):
        hd = dict(hd or {})
        sl = hd.pop('_sleep', 0)
        if sl: time.sleep(sl)
        if hd.pop('_reset', False):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); self.close_connection = True; self.connection.close(); return
        tr = hd.pop('_truncate', None)
        data = b'' if bd is None else bd.encode() if isinstance(bd, str) else json.dumps(bd).encode()
        et = 'W/"%s"' % hashlib.sha256(data).hexdigest()
        if rq and rq['method'] == 'GET' and status == 200:
            hd.setdefault('ETag', et)
            if rq['headers'].get('if-none-match') == et: status, data = 304, b''
        st = self.server.stub
        with st.lock:
            if rq and status != 304: st.remaining = max(0, st.remaining - 1)
        self.send_response(status)
        base = {'Content-Type': 'application/json; charset=utf-8', 'X-GitHub-Request-Id': uuid.uuid4().hex[:20].upper(), 'X-GitHub-Media-Type': 'github.v3; format=json', 'X-RateLimit-Limit': '5000', 'X-RateLimit-Remaining': str(st.remaining), 'X-RateLimit-Used': str(5000 - st.remaining), 'X-RateLimit-Reset': str(int(st.time()) + 1800), 'X-RateLimit-Resource': 'core'}
        for k, v in {**base, **hd}.items(): self.send_header(k, v)
        if status not in (204, 304): self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        if self.command == 'HEAD' or status in (204, 304): return
        if tr is not None: self.wfile.write(data[:tr]); self.wfile.flush(); self.close_connection = True; return
        self.wfile.write(data)
    def admin(self, st, what, body):
        with st.lock:
            if what == 'faults' and self.command == 'POST':
                fs = body if isinstance(body, list) else [body]; bad = [f.get('kind') for f in fs if f.get('kind') not in KINDS]
                if bad: return self.send(400, {'unknown kinds': bad, 'known': sorted(KINDS)}, {})
                st.faults += fs; return self.send(200, st.faults, {})
            if what == 'faults' and self.command == 'DELETE': st.faults = []; return self.send(200, [], {})
            if what == 'faults': return self.send(200, st.faults, {})
            if what == 'clock': st.offset = float(body['offset']); return self.send(200, {'ok': True}, {})
            if what == 'reset': st.reset(); return self.send(200, {'ok': True}, {})
            if what == 'seed' and self.command == 'POST': st.seed = body; st.reset(); return self.send(200, {'ok': True}, {})
            if what == 'violations': return self.send(200, st.viol, {})
            if what == 'requests': return self.send(200, st.reqs, {})
            if what == 'state': return self.send(200, {k: v for k, v in st.s.items()}, {})
            if what == 'webhook' and self.command == 'POST':   # {"event","payload","secret"} -> headers+body to deliver, payload validated
                ev, pl = body['event'], body['payload']; hk = st.c.v[DEFAULT_VERSION]['hooks'].get(ev); errs = []
                if hk: errs = [{'message': e.message[:200], 'pointer': '/' + '/'.join(map(str, e.absolute_path))} for e in list(Draft202012Validator({**hk, 'components': st.c.v[DEFAULT_VERSION]['comps']}).iter_errors(pl))[:5]]
                raw = json.dumps(pl, separators=(',', ':')); sig = 'sha256=' + hmac.new(body.get('secret', '').encode(), raw.encode(), hashlib.sha256).hexdigest()
                return self.send(200, {'body': raw, 'headers': {'X-GitHub-Event': ev, 'X-GitHub-Delivery': body.get('delivery', str(uuid.uuid4())), 'X-Hub-Signature-256': sig, 'Content-Type': 'application/json', 'User-Agent': 'GitHub-Hookshot/stub'}, 'schema_errors': errs}, {})
        return self.send(404, {'message': 'no such control'}, {})
    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = do

def main():
    ap = argparse.ArgumentParser(); A = ap.add_argument
    A('--port', type=int, default=0); A('--contract', default=os.path.join(HERE, 'contract.json')); A('--log'); A('--requests-log'); A('--seed'); A('--prefix', default='')
    A('--strict', action='store_true'); A('--app-public-key'); A('--content-limit', type=int, default=0); A('--retry-after', type=int, default=1); A('--ready-file')
    a = ap.parse_args(); stub = Stub(a)
    srv = ThreadingHTTPServer(('127.0.0.1', a.port), H); srv.daemon_threads = True; srv.stub = stub; url = f'http://127.0.0.1:{srv.server_address[1]}{a.prefix}'
    if a.ready_file: open(a.ready_file + '.tmp', 'w').write(url); os.replace(a.ready_file + '.tmp', a.ready_file)
    print('github-stub listening on', url, flush=True)
    try: srv.serve_forever()
    except KeyboardInterrupt: pass
if __name__ == '__main__': main()
