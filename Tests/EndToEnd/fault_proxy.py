"""An HTTP proxy in front of the AWS API server, for tests.

It notes every call, enforces a trust table on sts:AssumeRole (the server itself takes any role with any ExternalId),
answers 501 where the server does not implement an operation (its own 500 is one that clients try again), and injects
faults:

    with FaultProxy(server.url, trust={"arn:aws:iam::...:role/X": "external-id"}) as proxy:
        proxy.fail("s3", "GetBucketEncryption", deny())
"""
import email.utils
import json
import re
import socket
import struct
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import operations

@dataclass
class Call:
    """A call as the proxy saw it."""
    service: str
    operation: str
    region: str
    path: str
    protocol: str
    began: float
    ended: float = 0.0
    status: int = 0


@dataclass
class Fault:
    """What happens to the calls of an operation; `times` limits how often, `region` where."""
    action: str
    code: str = ""
    status: int = 0
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    times: int = 1_000_000
    region: str | None = None
    message: str = "injected"
    hits: int = field(default=0, init=False)


def deny(code="AccessDenied", status=403, **more):
    return Fault("error", code=code, status=status, **more)


def throttle(**more):
    return Fault("error", code="Throttling", status=400, **more)


def unavailable(**more):
    return Fault("error", code="ServiceUnavailable", status=503, **more)


def burst(times=2, status=500):
    """A few answers in a row that a load balancer gives: no code, no XML."""
    return Fault("answer", status=status, body=b"upstream failure", headers={"Content-Type": "text/plain"}, times=times)


def expired(code="ExpiredToken", **more):
    return Fault("error", code=code, status=403, **more)


def skewed(seconds, code="RequestTimeTooSkewed", **more):
    """Refuses a signature, with a clock that is `seconds` ahead."""
    date = email.utils.formatdate(time.time() + seconds, usegmt=True)
    return Fault("error", code=code, status=403, headers={"Date": date}, **more)


def redirect(to, code="PermanentRedirect", status=301, **more):
    """S3's word for "not here"; `Location` leads astray."""
    headers = {"x-amz-bucket-region": to, "Location": "http://127.0.0.1:9/"}
    return Fault("error", code=code, status=status, headers=headers, **more)


def close(**more):
    return Fault("close", **more)


def reset(**more):
    """Half an answer, and then the connection is reset."""
    return Fault("reset", **more)


def drip(**more):
    """A body that comes a byte a second."""
    return Fault("drip", **more)


def answer(body, content_type="text/xml", status=200, **more):
    """Any other answer."""
    body = body if isinstance(body, bytes) else body.encode()
    return Fault("answer", status=status, body=body, headers={"Content-Type": content_type}, **more)


def relabel(content_type, **more):
    """The server's own answer under another content type."""
    return Fault("relabel", headers={"Content-Type": content_type}, **more)


def flood(size, **more):
    """An answer of that many bytes, whose length nobody says beforehand."""
    return Fault("flood", status=size, **more)


def endless_pages(items=True, **more):
    """Page after page of ListUsers, each with a token of its own."""
    return Fault("pages", code="endless", body=b"items" if items else b"", **more)


def repeated_token(**more):
    """Every page of ListUsers leads to the same one."""
    return Fault("pages", code="repeated", body=b"items", **more)


def truncate(**more):
    return Fault("truncate", **more)


def html(**more):
    return Fault("html", **more)


def slow(seconds, **more):
    return Fault("slow", seconds=seconds, **more)


class FaultProxy:
    def __init__(self, upstream, trust=None, answers=None):
        """answers: a map that keeps what the server said, to say it again to the same request."""
        self.answers = answers
        self.upstream = urllib.parse.urlsplit(upstream).netloc
        self.trust = trust
        self.calls = []
        self.secrets = set()
        self.assumed = []
        self._faults = {}
        self._lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Without it, small answers wait for the client's acknowledgement.
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def handle_one(self):
                proxy._handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_one

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    # -- What tests say and ask ---------------------------------------------------------------------------------------

    def fail(self, service, operation, fault):
        self._faults[(service, operation)] = fault
        return fault

    def heal(self):
        self._faults.clear()

    def forget(self):
        """Empties the log."""
        with self._lock:
            self.calls.clear()
            self.assumed.clear()

    def count(self, service, operation):
        return sum(1 for call in self.calls if (call.service, call.operation) == (service, operation))

    def most_at_once(self):
        """How many calls were under way at the busiest moment."""
        events = sorted([(call.began, 1) for call in self.calls] + [(call.ended, -1) for call in self.calls])
        most = running = 0
        for _, change in events:
            running += change
            most = max(most, running)
        return most

    # -- Handling -----------------------------------------------------------------------------------------------------

    def _handle(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        call = identified(handler, body)
        with self._lock:
            self.calls.append(call)
        try:
            fault = self._fault(call)
            if fault and (act := getattr(self, f"_act_{fault.action}", None)):
                return act(handler, call, fault)
            if fault and fault.action == "slow":
                time.sleep(fault.seconds)
            if refusal := self._refusal(call, body):
                return self._answer(handler, call, *refusal)
            status, headers, answer = self._answered_before(handler, call, body)
            if lacks_operation(status, headers, answer):
                status, headers, answer = error(call.protocol, 501, "NotImplemented", "the server has no such operation")
            if call.operation.startswith("AssumeRole"):
                self._note_secrets(answer)
            if fault and fault.action == "relabel":
                kept = {name: value for name, value in headers.items() if name.lower() != "content-type"}
                headers = {**kept, **fault.headers}
            if fault and fault.action == "reset":
                return self._truncate(handler, call, status, headers, answer, resets=True)
            if fault and fault.action == "truncate":
                return self._truncate(handler, call, status, headers, answer)
            self._answer(handler, call, status, headers, answer)
        finally:
            call.ended = time.monotonic()

    def _act_close(self, handler, call, fault):
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    def _act_error(self, handler, call, fault):
        status, headers, body = error(call.protocol, fault.status, fault.code, fault.message)
        self._answer(handler, call, status, {**headers, **fault.headers}, body)

    def _act_answer(self, handler, call, fault):
        self._answer(handler, call, fault.status, fault.headers, fault.body)

    def _act_html(self, handler, call, fault):
        page = b"<html><head><title>Welcome</title></head><body><p>Sign in to the network</p></body></html>"
        self._answer(handler, call, 200, {"Content-Type": "text/html"}, page)

    def _act_pages(self, handler, call, fault):
        token = "again" if fault.code == "repeated" else f"m{fault.hits}"
        user = f"<member><UserName>u{fault.hits}</UserName><UserId>AIDA{fault.hits}</UserId></member>" if fault.body else ""
        result = f"<Users>{user}</Users><IsTruncated>true</IsTruncated><Marker>{token}</Marker>"
        body = f"<ListUsersResponse><ListUsersResult>{result}</ListUsersResult></ListUsersResponse>"
        self._answer(handler, call, 200, {"Content-Type": "text/xml"}, body.encode())

    def _act_drip(self, handler, call, fault):
        self._begin(handler, call, {"Content-Type": "text/xml", "Content-Length": "1000"})
        for _ in range(1000):
            handler.wfile.write(b"<")
            handler.wfile.flush()
            time.sleep(1)

    def _act_flood(self, handler, call, fault):
        handler.close_connection = True
        self._begin(handler, call, {"Content-Type": "text/xml", "Connection": "close"})
        handler.wfile.write(b"<A>")
        for _ in range(fault.status >> 20):
            handler.wfile.write(b"x" * (1 << 20))

    def _begin(self, handler, call, headers):
        call.status = 200
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    def _fault(self, call):
        with self._lock:
            fault = self._faults.get((call.service, call.operation)) or self._faults.get((call.service, "*"))
            if not fault or fault.hits >= fault.times or fault.region not in (None, call.region):
                return None
            fault.hits += 1
            return fault

    def _refusal(self, call, body):
        """Checks an AssumeRole against the trust table."""
        if call.operation != "AssumeRole":
            return None
        form = dict(urllib.parse.parse_qsl(body.decode()))
        self.assumed.append(form)
        if self.trust is None or self.trust.get(form.get("RoleArn")) == form.get("ExternalId"):
            return None
        message = f"User: arn:aws:iam::000000000000:user/caller is not authorized to perform: sts:AssumeRole on resource: {form.get('RoleArn')}"
        return error("query", 403, "AccessDenied", message)

    def _note_secrets(self, answer):
        """Temporary credentials: no output may show them."""
        for name in ("SecretAccessKey", "SessionToken"):
            self.secrets.update(match.decode() for match in re.findall(f"<{name}>([^<]+)<".encode(), answer))

    def _answered_before(self, handler, call, body):
        # What starts something says another time that it is done.
        if self.answers is None or not call.operation.startswith(("Get", "List", "Describe", "BatchGet")):
            return self._forward(handler, body)
        key = (handler.command, handler.path, call.service, call.region, call.operation, body)
        if key not in self.answers:
            self.answers[key] = self._forward(handler, body)
        return self.answers[key]

    def _forward(self, handler, body):
        connection = HTTPConnection(self.upstream, timeout=60)
        try:
            headers = {name: value for name, value in handler.headers.items() if name.lower() != "connection"}
            connection.request(handler.command, handler.path, body=body, headers=headers)
            response = connection.getresponse()
            answer = response.read()
            dropped = {"connection", "transfer-encoding", "content-length"}
            kept = {name: value for name, value in response.getheaders() if name.lower() not in dropped}
            return response.status, kept, answer
        finally:
            connection.close()

    def _answer(self, handler, call, status, headers, body):
        call.status = status
        # `send_response` would add the date of today.
        (handler.send_response_only if "Date" in headers else handler.send_response)(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    def _truncate(self, handler, call, status, headers, body, resets=False):
        """Promises the whole body, sends half, and hangs up."""
        call.status = status
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        handler.close_connection = True
        if resets:
            # Nothing lingers: what the other side has not read is lost.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        else:
            handler.connection.shutdown(socket.SHUT_RDWR)


def lacks_operation(status, headers, answer):
    """The server breaks on what it does not implement, or has no such path: a page for people, never an error of AWS."""
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return status in (404, 405, 500) and kind.startswith("text/html") and answer.lower().startswith(b"<!doctype html")


def identified(handler, body):
    """Service and region from the signature's scope, the operation from what its protocol says."""
    region, service = operations.scope(handler.headers)
    operation, protocol = operations.identify(handler.command, handler.path, handler.headers, body)
    return Call(service, operation, region, handler.path, protocol, time.monotonic())


def error(protocol, status, code, message):
    """An error in the form of a protocol."""
    if protocol == "json":
        return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps({"__type": code, "message": message}).encode()
    if protocol == "rest-json":
        return status, {"Content-Type": "application/json", "x-amzn-ErrorType": code}, json.dumps({"message": message}).encode()
    inner = f"<Code>{code}</Code><Message>{message}</Message>"
    forms = {
        "query": f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error><RequestId>0</RequestId></ErrorResponse>",
        "ec2": f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>0</RequestID></Response>",
        "rest-xml": f"<Error>{inner}<RequestId>0</RequestId></Error>",
    }
    return status, {"Content-Type": "text/xml"}, forms[protocol].encode()
