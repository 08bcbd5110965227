// What a worker sends: however the bytes come, the same messages, and each packs to the very bytes it came in.
#include "server/worker/host/worker_frame_reader.h"
#include "tests/fuzz/check.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace cohort::fuzz {

namespace {

using namespace cohort::engine;

constexpr std::uint64_t Nonce = 0x6f78;

struct Told
{
    std::string messages; // packed again
    bool isFault = false;
    bool operator==(const Told&) const = default;
};

class SocketPair
{
public:
    SocketPair() { holds(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, m_ends.data()) == 0, "a socket pair"); }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;
    ~SocketPair()
    {
        close(m_ends[0]);
        close(m_ends[1]);
    }
    int ours() const { return m_ends[0]; }
    void send(std::string_view bytes) const
    {
        const ssize_t sent = ::send(m_ends[1], bytes.data(), bytes.size(), MSG_NOSIGNAL);
        holds(sent == static_cast<ssize_t>(bytes.size()), "room for a piece");
    }

private:
    std::array<int, 2> m_ends{};
};

Told toldBy(std::string_view bytes, std::size_t piece)
{
    const SocketPair sockets;
    worker::WorkerFrameReader reader;
    Told told;
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        sockets.send(part);
        holds(reader.read(sockets.ours(), part.size()) == worker::WorkerFrameReader::Got::Bytes,
              "bytes that were sent");
        for (;;) {
            const auto next = reader.next(Nonce);
            if (!next) {
                holds(next.error().code == ErrorCode::CannotParse || next.error().code == ErrorCode::TooLarge,
                      "a frame's own faults only");
                told.isFault = true;
                return told;
            }
            if (!*next)
                break;
            told.messages += wire::pack(**next, Nonce);
        }
    }
    holds(reader.read(sockets.ours(), 1) == worker::WorkerFrameReader::Got::Nothing, "nothing more to read");
    return told;
}

// The other direction has maps, whose entries may come in any order: what is packed once packs the same again.
void checkToWorker(std::string_view frame)
{
    const auto message = wire::unpackToWorker(frame, Nonce);
    if (!message)
        return;
    const std::string packed = wire::pack(*message, Nonce);
    holds(packed.size() == frame.size() + 4, "a message as long as its frame");
    const auto again = wire::unpackToWorker(std::string_view(packed).substr(4), Nonce);
    holds(again.has_value() && wire::pack(*again, Nonce) == packed, "a message that is packed is read as it was");
}

// Lines of a probe, from the same bytes.
void checkLines(std::string_view bytes)
{
    const SocketPair sockets;
    sockets.send(bytes);
    worker::WorkerFrameReader reader;
    (void)reader.read(sockets.ours(), bytes.size());
    std::string lines;
    while (const auto line = reader.line())
        lines += *line + '\n';
    holds(bytes.starts_with(lines), "lines in their order");
    holds(bytes.find('\n', lines.size()) == std::string_view::npos, "every line");
}

} // namespace

void check(std::span<const std::byte> input)
{
    const std::string_view bytes = textOf(input);
    if (bytes.empty() || bytes.size() > 64 * 1024)
        return;
    const Told whole = toldBy(bytes, bytes.size());
    holds(toldBy(bytes, pieceOf(bytes)) == whole, "pieces tell what the whole tells");
    holds(bytes.starts_with(whole.messages), "a message packs to the bytes it came in");
    checkToWorker(bytes.substr(std::min<std::size_t>(4, bytes.size())));
    checkLines(bytes);
}

} // namespace cohort::fuzz
