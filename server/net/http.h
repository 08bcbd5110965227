// HTTP as the handlers see it: plain values, no Beast. What arrives here has passed the limits of `Limits`.
// Thread: a Request is a value; a Reply may be used once from any thread. Owner: the handler.
// Flow: connection (I/O thread) → Handler → Reply → connection. Source: RFC 9110, 9112, 6455.
#pragma once

#include "server/net/timers.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cohort::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request
{
    std::string method;                                     // upper case
    std::string path;                                       // percent-decoded, without the query; valid UTF-8, no NUL
    std::vector<std::pair<std::string, std::string>> query; // decoded, in order
    Headers headers;
    std::string body; // as it was before Content-Encoding
    std::string peer; // the client's address without its port
    bool tls = false;
    bool isHead = false; // asked by HEAD: `method` is GET, and no body is sent

    // The first header of that name, case-insensitive; empty when there is none.
    std::string_view header(std::string_view name) const;
    bool hasHeader(std::string_view name) const;
    // The first query parameter of that name; empty when there is none.
    std::string_view parameter(std::string_view name) const;
    bool hasParameter(std::string_view name) const;
};

struct Response
{
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    Headers headers; // additional ones
    bool close = false;
};

// The way back. Copyable; the first send() wins, later ones do nothing. Dropped without send(): 500.
class Reply
{
public:
    using Sink = std::function<void(Response)>;
    // `timers`: of the connection's I/O thread.
    explicit Reply(Sink sink, TimersPtr timers = nullptr);
    void send(Response response) const;
    // True when the client has gone, so that a long poll can end early.
    bool isGone() const;
    // Calls `work` on the connection's I/O thread when the client goes; at once, here, when it has gone.
    // Once; forgotten with the last copy of the reply.
    void onGone(std::function<void()> work) const;
    const TimersPtr& timers() const;

private:
    struct State;

public:
    // For the connection: marks the reply as gone without keeping it from being dropped.
    class Watch
    {
    public:
        void setGone() const;

    private:
        friend class Reply;
        std::weak_ptr<State> m_state;
    };
    Watch watch() const;

private:
    std::shared_ptr<State> m_state;
};

// One open WebSocket. All functions may be called from any thread.
class WebSocket
{
public:
    virtual ~WebSocket() = default;
    // Queues a text frame. A peer that does not read is dropped when more than `Limits::sendQueueBytes` wait.
    virtual void send(std::string text) = 0;
    // Sends a close frame with this code and at most 123 bytes of reason, then closes.
    virtual void close(int code, std::string reason) = 0;
    // Stops and resumes reading frames (back-pressure); the silence timeout does not run meanwhile.
    virtual void pauseReading() = 0;
    virtual void resumeReading() = 0;
    virtual std::string peer() const = 0;
    virtual TimersPtr timers() const = 0;
};
using WebSocketPtr = std::shared_ptr<WebSocket>;

// What a WebSocket's owner does with it; called on the connection's I/O thread, one call at a time.
class WebSocketHandler
{
public:
    virtual ~WebSocketHandler() = default;
    virtual void onOpen(WebSocketPtr socket) = 0;
    virtual void onText(std::string text) = 0; // valid UTF-8
    // Exactly once, last. `code`: the close code, 1006 when there was none.
    virtual void onClose(int code) = 0;
};

// The answer to an upgrade request: accept with a handler and a subprotocol ("" for none), or refuse.
struct Upgrade
{
    std::shared_ptr<WebSocketHandler> handler; // null: refuse with `refusal`
    std::string subprotocol;
    Response refusal;
};
using UpgradeReply = std::function<void(Upgrade)>; // any thread, once

// All of a port. Called on I/O threads, so nothing here may wait; several threads call at the same time.
class Handler
{
public:
    virtual ~Handler() = default;
    virtual void onRequest(Request request, Reply reply) = 0;
    virtual void onUpgrade(Request request, UpgradeReply reply) = 0;
    // What a client is told whose request the connection refuses by itself (400, 408, 413, 431, 503 …).
    virtual Response onRefused(int status, std::string_view reason);
};

} // namespace cohort::net
