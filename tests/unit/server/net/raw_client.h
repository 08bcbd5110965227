// A client made of a bare socket, which sends exactly what a test wants, right or wrong; plain or TLS.
// Thread: one. Owner: the test. Flow: test → bytes → server → bytes → test; every wait ends after 5 s.
#pragma once

#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cohort::testing {

struct HttpAnswer
{
    int status = 0; // 0: none came
    std::string head;
    std::string body;
};

struct ServerFrame
{
    int opcode = -1; // -1: none came
    std::string payload;
    int closeCode() const
    {
        if (opcode != 8 || payload.size() < 2)
            return -1;
        return (static_cast<unsigned char>(payload[0]) << 8) | static_cast<unsigned char>(payload[1]);
    }
};

class RawClient
{
public:
    static constexpr int WaitMs = 5000;

    explicit RawClient(std::uint16_t port, const char* from = nullptr)
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        if (from != nullptr) {
            ::inet_pton(AF_INET, from, &address.sin_addr);
            if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
                close();
        }
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            close();
    }
    RawClient(RawClient&& other) noexcept
        : m_socket(std::exchange(other.m_socket, -1)), m_tls(std::move(other.m_tls)),
          m_received(std::move(other.m_received)), m_ended(other.m_ended)
    {
    }
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() { close(); }

    bool isOpen() const { return m_socket >= 0; }
    int descriptor() const { return m_socket; }
    void close()
    {
        m_tls.reset();
        if (m_socket >= 0)
            ::close(std::exchange(m_socket, -1));
    }
    void halfClose() { ::shutdown(m_socket, SHUT_WR); }
    // Begins TLS; false when the server does not go along.
    bool startTls()
    {
        static const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                               &SSL_CTX_free);
        m_tls.reset(SSL_new(context.get()));
        SSL_set_fd(m_tls.get(), m_socket);
        return SSL_connect(m_tls.get()) == 1;
    }
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = m_tls ? SSL_write(m_tls.get(), bytes.data(), static_cast<int>(bytes.size()))
                                    : ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // True when the server ends the connection in time; what it said before is kept.
    bool ends(int waitMs = WaitMs)
    {
        while (!m_ended && receive(waitMs)) {
        }
        return m_ended;
    }
    // True when nothing comes for so long, and the connection stays.
    bool isQuiet(int waitMs) { return m_received.empty() && !receive(waitMs) && !m_ended; }
    HttpAnswer readHttp(bool hasBody = true)
    {
        HttpAnswer answer;
        std::size_t end = 0;
        while ((end = m_received.find("\r\n\r\n")) == std::string::npos) {
            if (!receive(WaitMs))
                return answer;
        }
        answer.head = take(end + 4);
        answer.status = std::atoi(answer.head.c_str() + 9);
        const std::size_t at = answer.head.find("Content-Length: ");
        if (at != std::string::npos && hasBody) {
            const auto length = static_cast<std::size_t>(std::atoi(answer.head.c_str() + at + 16));
            while (m_received.size() < length && receive(WaitMs)) {
            }
            answer.body = take(length);
        }
        return answer;
    }
    ServerFrame readFrame(int waitMs = WaitMs)
    {
        const auto has = [&](std::size_t count) {
            while (m_received.size() < count) {
                if (!receive(waitMs))
                    return false;
            }
            return true;
        };
        if (!has(2))
            return {};
        std::size_t header = 2;
        std::size_t length = static_cast<unsigned char>(m_received[1]);
        const std::size_t extended = length == 126 ? 2 : (length == 127 ? 8 : 0);
        if (!has(header += extended))
            return {};
        if (extended > 0)
            length = 0;
        for (std::size_t i = 0; i < extended; ++i)
            length = (length << 8) | static_cast<unsigned char>(m_received[2 + i]);
        if (!has(header + length))
            return {};
        ServerFrame frame{m_received[0] & 0x0F, {}};
        take(header);
        frame.payload = take(length);
        return frame;
    }

private:
    struct TlsFree
    {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };

    std::string take(std::size_t count)
    {
        std::string taken = m_received.substr(0, count);
        m_received.erase(0, count);
        return taken;
    }
    bool receive(int waitMs)
    {
        if (m_ended || m_socket < 0)
            return false;
        pollfd waits{m_socket, POLLIN, 0};
        if (!(m_tls && SSL_pending(m_tls.get()) > 0) && ::poll(&waits, 1, waitMs) <= 0)
            return false;
        char buffer[16384];
        const auto got =
            m_tls ? SSL_read(m_tls.get(), buffer, sizeof buffer) : ::recv(m_socket, buffer, sizeof buffer, 0);
        if (got <= 0) {
            m_ended = true;
            return false;
        }
        m_received.append(buffer, static_cast<std::size_t>(got));
        return true;
    }

    int m_socket = -1;
    std::unique_ptr<SSL, TlsFree> m_tls;
    std::string m_received;
    bool m_ended = false;
};

// A frame as a client sends it; `mask` false breaks the rule.
inline std::string clientFrame(std::string_view payload, int opcode = 1, bool isFinal = true, bool mask = true)
{
    std::string frame;
    frame.push_back(static_cast<char>((isFinal ? 0x80 : 0) | opcode));
    const int masked = mask ? 0x80 : 0;
    if (payload.size() < 126) {
        frame.push_back(static_cast<char>(masked | static_cast<int>(payload.size())));
    } else {
        const int bytes = payload.size() <= 0xFFFF ? 2 : 8;
        frame.push_back(static_cast<char>(masked | (bytes == 2 ? 126 : 127)));
        for (int i = bytes - 1; i >= 0; --i)
            frame.push_back(static_cast<char>((payload.size() >> (8 * i)) & 0xFF));
    }
    constexpr char Key[] = {0x11, 0x22, 0x33, 0x44};
    if (mask)
        frame.append(Key, 4);
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame.push_back(mask ? static_cast<char>(payload[i] ^ Key[i % 4]) : payload[i]);
    return frame;
}

inline std::string upgradeRequest(std::string_view path, std::string_view more = {})
{
    return "GET " + std::string(path) +
           " HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           std::string(more) + "\r\n";
}

} // namespace cohort::testing
