// Everything that a client may say on a connection, through a real one over a socket pair: however the bytes come, the
// handler sees the same requests and the client the same answers, each of them whole. Source: RFC 9112; RFC 6455, 4.
#include "server/net/client_connection.h"
#include "shared/base/system_clock.h"
#include "tests/fuzz/check.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace cohort::fuzz {

namespace {

using namespace cohort::net;

constexpr std::size_t HeaderBytes = 512;
constexpr std::size_t BodyBytes = 128;

bool isLine(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// Answers every request with nothing and takes every upgrade; notes what it was told.
class NotingHandler final : public Handler
{
public:
    std::string seen;

    void onRequest(Request request, Reply reply) override
    {
        holds(request.path.starts_with('/'), "a path");
        note(request);
        reply.send({200, "text/plain", {}, {}, false});
    }
    void onUpgrade(Request request, UpgradeReply reply) override
    {
        note(request);
        reply({std::make_shared<Session>(seen), {}, {}});
    }

private:
    class Session final : public WebSocketHandler
    {
    public:
        explicit Session(std::string& seen) : m_seen(seen) {}
        void onOpen(WebSocketPtr) override { m_seen += "open\n"; }
        void onText(std::string text) override
        {
            holds(isText(text) && text.size() <= BodyBytes, "a text that fits");
            m_seen += "text " + text + "\n";
        }
        void onClose(int code) override { m_seen += "close " + std::to_string(code) + "\n"; }

    private:
        std::string& m_seen;
    };

    void note(const Request& request)
    {
        const auto isUpper = [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; };
        holds(!request.method.empty() && std::all_of(request.method.begin(), request.method.end(), isUpper),
              "a method");
        holds(isText(request.path) && request.path.find('\0') == std::string::npos, "a path that is a text");
        holds(request.body.size() <= BodyBytes, "a body that fits");
        seen += request.method + " " + request.path + "\n";
        for (const auto& [name, value] : request.query) {
            holds(isText(name) && isText(value), "a query that is a text");
            seen.append("? ").append(name).append(" = ").append(value).append("\n");
        }
        std::size_t bytes = 0;
        for (const auto& [name, value] : request.headers) {
            holds(!name.empty() && isLine(name) && isLine(value), "a header of one line");
            bytes += name.size() + value.size();
            seen.append(name).append(": ").append(value).append("\n");
        }
        holds(bytes <= HeaderBytes, "a header that fits");
        if (request.hasHeader("Content-Length"))
            holds(std::to_string(request.body.size()) == plain(request.header("Content-Length")),
                  "a body as announced");
        seen += request.body + "\n";
    }
    static std::string plain(std::string_view number)
    {
        number.remove_prefix(std::min(number.find_first_not_of('0'), number.size() - 1));
        return std::string(number);
    }
};

// What both sides have at the end of a connection.
struct Exchange
{
    std::string seen;
    std::string answers;
    bool operator==(const Exchange&) const = default;
};

class Client
{
public:
    explicit Client(const std::shared_ptr<IoWorker>& worker) : m_worker(worker)
    {
        std::array<int, 2> ends{};
        holds(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0, "a socket pair");
        m_end = ends[0];
        const auto port = std::make_shared<Port>();
        port->options.limits.headerBytes = HeaderBytes;
        port->options.limits.bodyBytes = BodyBytes;
        port->handler = m_handler;
        Socket socket(worker->context());
        socket.assign(asio::ip::tcp::v4(), ends[1]);
        std::make_shared<ClientConnection>(worker, port, std::move(socket), asio::ip::address_v4::loopback())->start();
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client()
    {
        close(m_end);
        m_worker->context().poll();
    }

    void send(std::string_view bytes)
    {
        (void)::send(m_end, bytes.data(), bytes.size(), MSG_NOSIGNAL); // may have been closed from there
        settle();
    }
    Exchange end()
    {
        shutdown(m_end, SHUT_WR);
        settle();
        return {m_handler->seen, withoutDates(m_answers)};
    }

private:
    void settle()
    {
        while (m_worker->context().poll() > 0)
            continue;
        std::array<char, 4096> bytes{};
        for (ssize_t got = 0; (got = recv(m_end, bytes.data(), bytes.size(), 0)) > 0;)
            m_answers.append(bytes.data(), static_cast<std::size_t>(got));
    }
    // Nor with the words that depend on how much has come already.
    static std::string withoutDates(std::string text)
    {
        for (std::size_t at = 0; (at = text.find("Date: ")) != std::string::npos;)
            text.erase(at, text.find('\n', at) + 1 - at);
        const std::string_view goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        for (std::size_t at = 0; (at = text.find(goOn)) != std::string::npos;)
            text.erase(at, goOn.size());
        return text;
    }

    const std::shared_ptr<IoWorker> m_worker;
    const std::shared_ptr<NotingHandler> m_handler = std::make_shared<NotingHandler>();
    int m_end = -1;
    std::string m_answers;
};

Exchange exchanged(std::string_view bytes, std::size_t piece)
{
    static const SystemClock clock;
    static const auto worker = std::make_shared<IoWorker>(0, clock); // never started: it is polled here
    Client client(worker);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
        client.send(bytes.substr(0, piece));
    return client.end();
}

// The frames that follow a switch of protocols: pongs, and at most one close, the last.
void checkFrames(std::string_view frames)
{
    while (!frames.empty()) {
        const auto first = static_cast<unsigned char>(frames[0]);
        holds(first == 0x88 || first == 0x8A, "a pong or a close");
        holds(frames.size() >= 2 && static_cast<unsigned char>(frames[1]) <= 125, "a control frame's length");
        const std::size_t size = 2 + static_cast<std::size_t>(frames[1]);
        holds(frames.size() >= size, "a whole frame");
        holds(first == 0x8A || frames.size() == size, "nothing after the close");
        frames.remove_prefix(size);
    }
}

// `mayBeHead`: the last answer may be to a HEAD, and then it has no body.
void checkAnswers(std::string_view answers, bool mayBeHead)
{
    while (!answers.empty()) {
        holds(answers.starts_with("HTTP/1.1 "), "an answer begins with a status");
        const std::size_t end = answers.find("\r\n\r\n");
        holds(end != std::string_view::npos, "an answer's header ends");
        const std::string header(answers.substr(0, end + 2));
        answers.remove_prefix(end + 4);
        const int status = std::atoi(header.c_str() + 9);
        if (status == 101) {
            checkFrames(answers);
            return;
        }
        holds(status == 200 || status == 204 || (status >= 400 && status < 500), "a status of this port");
        const std::size_t length = header.find("Content-Length: ");
        holds((length == std::string::npos) == (status == 204), "an answer announces its length");
        const std::size_t size =
            length == std::string::npos ? 0 : static_cast<std::size_t>(std::atoi(header.c_str() + length + 16));
        if (status >= 400)
            holds(header.find("Connection: close") != std::string::npos, "a fault ends the connection");
        if (status >= 400 && mayBeHead && answers.empty())
            return;
        holds(answers.size() >= size, "an answer is whole");
        answers.remove_prefix(size);
        holds(status < 400 || answers.empty(), "a fault is the last answer");
    }
}

} // namespace

void check(std::span<const std::byte> input)
{
    const std::string_view bytes = textOf(input).substr(0, 4096);
    const Exchange whole = exchanged(bytes, bytes.size());
    checkAnswers(whole.answers, bytes.find("HEAD") != std::string_view::npos);
    if (exchanged(bytes, pieceOf(bytes)) == whole)
        return;
    // A fault in a header that has not ended is told at once where the header came as a whole, else at its end.
    const std::string ended = std::string(bytes) + "\r\n\r\n";
    holds(exchanged(ended, pieceOf(bytes)) == exchanged(ended, ended.size()), "pieces are understood as the whole is");
}

} // namespace cohort::fuzz
