#include "server/worker/host_channel.h"

#include <cerrno>
#include <unistd.h>

namespace cohort::worker {
namespace {

constexpr std::size_t ReadBytes = 64 * 1024;
constexpr std::size_t FlushBytes = 256 * 1024;

std::uint32_t lengthAt(std::string_view bytes)
{
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
        length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return length;
}

} // namespace

Result<std::optional<std::string_view>> HostChannel::nextFrame()
{
    while (true) {
        const std::string_view waiting = std::string_view(m_in).substr(m_consumed);
        if (waiting.size() >= 4) {
            const std::uint32_t length = lengthAt(waiting);
            if (length > engine::wire::FrameLimit)
                return fail(ErrorCode::CannotParse, QStringLiteral("a frame over the limit"));
            if (waiting.size() >= 4 + std::size_t{length}) {
                m_consumed += 4 + std::size_t{length};
                return std::optional(waiting.substr(4, length));
            }
        }
        m_in.erase(0, m_consumed);
        m_consumed = 0;
        const std::size_t had = m_in.size();
        m_in.resize(had + ReadBytes);
        const ssize_t got = read(m_descriptor, m_in.data() + had, ReadBytes);
        m_in.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
        if (got == 0 || (got < 0 && errno != EINTR))
            return std::optional<std::string_view>();
    }
}

Result<std::optional<engine::wire::ToWorker>> HostChannel::next()
{
    COHORT_TRY(frame, nextFrame());
    if (!frame)
        return std::optional<engine::wire::ToWorker>();
    COHORT_TRY(message, engine::wire::unpackToWorker(*frame, m_nonce));
    return std::optional(std::move(message));
}

void HostChannel::put(const engine::wire::FromWorker& message)
{
    m_out += engine::wire::pack(message, m_nonce);
    if (m_out.size() >= FlushBytes)
        flush();
}

bool HostChannel::flush()
{
    std::size_t done = 0;
    while (done < m_out.size()) {
        const ssize_t wrote = write(m_descriptor, m_out.data() + done, m_out.size() - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        done += static_cast<std::size_t>(wrote);
    }
    m_out.clear();
    return true;
}

} // namespace cohort::worker
