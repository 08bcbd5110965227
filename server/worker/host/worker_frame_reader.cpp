#include "server/worker/host/worker_frame_reader.h"

#include <cerrno>
#include <string_view>
#include <sys/socket.h>

namespace cohort::worker {

WorkerFrameReader::Got WorkerFrameReader::read(int descriptor, std::size_t most)
{
    m_bytes.erase(0, m_consumed);
    m_consumed = 0;
    const std::size_t had = m_bytes.size();
    m_bytes.resize(had + most);
    const ssize_t got = recv(descriptor, m_bytes.data() + had, most, 0);
    m_bytes.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got > 0)
        return Got::Bytes;
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? Got::Nothing : Got::End;
}

Result<std::optional<engine::wire::FromWorker>> WorkerFrameReader::next(std::uint64_t nonce)
{
    const std::string_view waiting = std::string_view(m_bytes).substr(m_consumed);
    if (waiting.size() < 4)
        return std::optional<engine::wire::FromWorker>();
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
        length |= std::size_t{static_cast<unsigned char>(waiting[i])} << (8 * i);
    if (length > engine::wire::FrameLimit)
        return fail(ErrorCode::TooLarge, QStringLiteral("a frame of %1 bytes").arg(length));
    if (waiting.size() < 4 + length)
        return std::optional<engine::wire::FromWorker>();
    m_consumed += 4 + length;
    COHORT_TRY(message, engine::wire::unpackFromWorker(waiting.substr(4, length), nonce));
    return std::optional(std::move(message));
}

std::optional<std::string> WorkerFrameReader::line()
{
    const std::size_t end = m_bytes.find('\n', m_consumed);
    if (end == std::string::npos)
        return std::nullopt;
    std::string text = m_bytes.substr(m_consumed, end - m_consumed);
    m_consumed = end + 1;
    return text;
}

} // namespace cohort::worker
