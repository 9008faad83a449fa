import Foundation
import Testing

@testable import HTTP

// Other tests hold the threads for long on a busy machine: the limit is against hanging.
@Suite(.timeLimit(.minutes(10)))
struct HTTPClientTests {
    private func get(_ path: String, _ server: TestServer) -> HTTPRequest {
        HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)\(path)")
    }

    private func code(
        _ client: HTTPClient, _ request: HTTPRequest, _ timeouts: HTTPTimeouts = HTTPTimeouts()
    ) async -> HTTPError.Code? {
        do throws(HTTPError) {
            _ = try await client.send(request, timeouts: timeouts)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func readsStatusHeadersAndBody() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let response = try await HTTPClient().send(get("/", server))
        #expect(response.status == 200)
        #expect(response.header("x-TEST") == "a:b")
        #expect(response.body == Array("ok".utf8))
    }

    @Test(arguments: ["GET", "POST", "PUT", "DELETE", "PATCH"])
    func sendsBodies(_ method: String) async throws {
        let server = try TestServer()
        defer { server.stop() }
        var request = get("/echo", server)
        request.method = method
        request.body = method == "DELETE" ? [] : Array(repeating: 0x61, count: 3_000)
        request.headers = [("X-Empty", ""), ("Content-Type", "text/plain")]
        let response = try await HTTPClient().send(request)
        #expect(response.status == 201)
        #expect(response.header("X-Method") == method)
        #expect(response.body == request.body)
        let head = try #require(server.heads.first)
        #expect(!head.contains("Expect:"))
        #expect(head.contains("Accept-Encoding: identity\r\n"))
        #expect(head.contains("X-Empty:\r\n"))
        #expect(head.contains("Content-Type: text/plain\r\n"))
    }

    @Test func sendsOnceWhereThatIsAskedFor() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient()
        // A connection that is kept, on which libcurl would try again.
        _ = try await client.send(get("/", server))
        var request = get("/close", server)
        request.method = "POST"
        request.isSentOnce = true
        #expect(await code(client, request) == .connectionClosed)
        #expect(server.heads.count { $0.hasPrefix("POST") } == 1)
    }

    @Test func answersHead() async throws {
        let server = try TestServer()
        defer { server.stop() }
        var request = get("/", server)
        request.method = "HEAD"
        let response = try await HTTPClient().send(request)
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
    }

    @Test func keepsThePathAndFollowsNoRedirect() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient()
        _ = try await client.send(get("/a/../b/./c//d", server))
        #expect(server.heads.first?.hasPrefix("GET /a/../b/./c//d HTTP/1.1\r\n") == true)
        #expect(try await client.send(get("/redirect", server)).status == 302)
    }

    @Test(arguments: [
        ("/close", HTTPError.Code.connectionClosed), ("/reset", .connectionClosed), ("/partial", .truncated),
        ("/partial-chunks", .truncated),
    ])
    func reportsBrokenConnections(_ path: String, _ wanted: HTTPError.Code) async throws {
        let server = try TestServer()
        defer { server.stop() }
        #expect(await code(try HTTPClient(), get(path, server)) == wanted)
    }

    /// Ten bytes every 100 ms would go on for long; nothing at all is as bad.
    @Test(arguments: ["/drip", "/slow", "/silent"])
    func givesUpOnSlowBodies(_ path: String) async throws {
        let server = try TestServer()
        defer { server.stop() }
        let timeouts = HTTPTimeouts(stall: .seconds(1))
        #expect(await code(try HTTPClient(), get(path, server), timeouts) == .tooSlow)
    }

    /// The server would send 200 MB: announced, in chunks, or until the connection ends.
    @Test(arguments: ["/huge", "/huge-chunks", "/huge-open"])
    func takesNoMoreThanItMay(_ path: String) async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient(configuration: HTTPConfiguration(maximumBodySize: 1 << 20))
        #expect(await code(client, get(path, server)) == .bodyTooLarge)
        // What stands in the buffers of both sides is sent as well.
        #expect(await Self.reaches { server.bodyBytes > 0 && server.isIdle })
        #expect(server.bodyBytes < 20 << 20, "\(server.bodyBytes)")
        #expect(await code(client, get("/", server)) == nil)
    }

    @Test func refusesWhatIsAnnouncedAsTooLarge() async throws {
        let server = try TestServer()
        defer { server.stop() }
        #expect(await code(try HTTPClient(), get("/huge", server)) == .bodyTooLarge)
        #expect(await Self.reaches { server.bodyBytes > 0 && server.isIdle })
        // 64 MB would be taken if nobody looked.
        #expect(server.bodyBytes < 20 << 20, "\(server.bodyBytes)")
    }

    @Test func reportsSlowBodies() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let found = await code(try HTTPClient(), get("/slow", server), HTTPTimeouts(total: .milliseconds(200)))
        #expect(found == .timeout)
    }

    @Test func reportsLargeBodies() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient(configuration: HTTPConfiguration(maximumBodySize: 1_000))
        #expect(await code(client, get("/large", server)) == .bodyTooLarge)
        #expect(await code(client, get("/", server)) == nil)
    }

    @Test func reportsRefusedConnectionsAndUnknownHosts() async throws {
        let server = try TestServer()
        let request = get("/?secret=1", server)
        server.stop()
        let client = try HTTPClient()
        _ = await code(client, request)
        let refused = HTTPRequest(method: "GET", url: "http://127.0.0.1:1/?secret=1", headers: [("X-Key", "hidden")])
        do {
            _ = try await client.send(refused)
            Issue.record("a connection to port 1")
        } catch {
            #expect(error.code == .couldNotConnect)
            #expect(error.message.contains("127.0.0.1:1"))
            #expect(!error.message.contains("secret"))
            #expect(!error.message.contains("hidden"))
        }
        let unknown = HTTPRequest(method: "GET", url: "http://parapet.invalid/")
        #expect([.couldNotResolve, .timeout].contains(await code(client, unknown)))
    }

    @Test func refusesUnsafeRequests() async throws {
        let client = try HTTPClient()
        for url in ["file:///etc/passwd", "ftp://127.0.0.1/", "http://a b/", "http://user@127.0.0.1/", "nothing"] {
            let found = await code(client, HTTPRequest(method: "GET", url: url))
            #expect(found == .invalidRequest || found == .other, "\(url)")
        }
        var request = HTTPRequest(method: "GET", url: "http://127.0.0.1:1/")
        request.headers = [("X-A", "b\r\nX-C: d")]
        #expect(await code(client, request) == .invalidRequest)
    }

    @Test func usesConnectionsAgain() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient()
        for _ in 0..<20 { _ = try await client.send(get("/", server)) }
        #expect(server.connectionCount == 1)
    }

    @Test func hasModestDefaults() {
        #expect(HTTPConfiguration().maximumConnections == 64)
        #expect(HTTPTimeouts().connect == .seconds(3))
    }

    @Test func limitsConnections() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient(configuration: HTTPConfiguration(maximumConnections: 8))
        let request = get("/", server)
        let good = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                group.addTask { (try? await client.send(request))?.status ?? 0 }
            }
            return await group.reduce(0) { $0 + ($1 == 200 ? 1 : 0) }
        }
        #expect(good == 200)
        #expect(server.connectionCount <= 8)
    }

    @Test func stopsCancelledRequests() async throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try HTTPClient()
        let request = get("/slow", server)
        let task = Task { () -> HTTPError.Code? in
            do throws(HTTPError) { _ = try await client.send(request) } catch { return error.code }
            return nil
        }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        #expect(await task.value == .cancelled)
        let early = Task { () -> HTTPError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            do throws(HTTPError) { _ = try await client.send(request) } catch { return error.code }
            return nil
        }
        #expect(await early.value == .cancelled)
    }

    /// In a process of its own, other tests would start and end threads meanwhile; so a client is watched by its name.
    @Test func endsItsThread() async throws {
        let before = Self.threadCount()
        var clients: [HTTPClient] = []
        for _ in 0..<40 { clients.append(try HTTPClient()) }
        #expect(await Self.reaches { Self.threadCount() >= before + 20 })
        clients = []
        #expect(await Self.reaches { Self.threadCount() < before + 20 })
    }

    private static func reaches(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<200 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    private static func threadCount() -> Int {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.count { id in
            (try? String(contentsOfFile: "/proc/self/task/\(id)/comm", encoding: .utf8))?.hasPrefix("parapet-http")
                ?? false
        }
    }
}
