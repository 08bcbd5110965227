#include "server/directory/directory.h"

#include "shared/base/log.h"

#include <algorithm>
#include <charconv>

namespace cohort::directory {

namespace {

// A name, an IPv4 address, or an IPv6 address in brackets.
bool isHost(std::string_view text)
{
    const bool isBracketed = text.starts_with('[') && text.ends_with(']');
    const std::string_view inside = isBracketed ? text.substr(1, text.size() - 2) : text;
    return !inside.empty() && std::all_of(inside.begin(), inside.end(), [&](char c) {
        return c > ' ' && c < 127 && std::string_view("/?#@\\[]").find(c) == std::string_view::npos &&
               (isBracketed || c != ':');
    });
}

} // namespace

Result<DeviceServer> parseServerUrl(std::string_view url)
{
    const auto refused = [whole = url](const char* why) {
        return fail(
            ErrorCode::WrongValue,
            QStringLiteral("%1 is no server's URL: %2")
                .arg(QString::fromUtf8(whole.data(), static_cast<qsizetype>(whole.size())), QString::fromUtf8(why)));
    };
    DeviceServer server;
    server.url = std::string(url);
    server.ssl = url.starts_with("https://");
    if (!server.ssl && !url.starts_with("http://"))
        return refused("it begins with http:// or https://");
    url.remove_prefix(server.ssl ? 8 : 7);
    if (url.ends_with('/'))
        url.remove_suffix(1);
    server.port = server.ssl ? 443 : 80;
    const std::size_t colon = url.rfind(':');
    if (colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos) {
        const auto digits = url.substr(colon + 1);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), server.port);
        if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || server.port == 0)
            return refused("the port is a number from 1 to 65535");
        url = url.substr(0, colon);
    }
    if (!isHost(url))
        return refused("after the host comes only a port");
    server.host = std::string(url);
    server.url = (server.ssl ? "https://" : "http://") + server.host + ":" + std::to_string(server.port);
    return server;
}

Directory::Directory(std::uint64_t seed) : m_random(seed) {}

void Directory::update(const std::vector<store::AliveNode>& nodes)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Candidate> candidates;
    for (const store::AliveNode& node : nodes) {
        auto server = parseServerUrl(node.deviceioUrl);
        if (!server) {
            log(LogLevel::Warning, "directory-node-ignored",
                {{"node", node.name}, {"reason", server.error().message()}});
            continue;
        }
        Candidate candidate{node, std::move(*server), 0, 0};
        const auto known = std::find_if(m_candidates.begin(), m_candidates.end(),
                                        [&](const Candidate& other) { return other.node.name == node.name; });
        if (known != m_candidates.end()) {
            const bool hasBeaten = known->node.beat != node.beat;
            candidate.handedOut = hasBeaten ? 0 : known->handedOut;
            candidate.handedOutBefore = hasBeaten ? known->handedOut : known->handedOutBefore;
        }
        candidates.push_back(std::move(candidate));
    }
    m_candidates = std::move(candidates);
}

// The share of its capacity that is left, by connections or by CPU, whichever is less.
double Directory::headroom(const Candidate& candidate)
{
    const double capacity = std::max(candidate.node.capacity, 1);
    const double used = candidate.node.connections + candidate.handedOut + candidate.handedOutBefore;
    return std::min(1.0 - used / capacity, 1.0 - candidate.node.cpu);
}

Result<DeviceServer> Directory::choose(std::string_view)
{
    const std::lock_guard lock(m_mutex);
    if (m_candidates.empty())
        return fail(ErrorCode::Unavailable, QStringLiteral("no device server is there now"), 5'000);
    std::uniform_int_distribution<std::size_t> any(0, m_candidates.size() - 1);
    const std::size_t first = any(m_random);
    std::size_t second = first;
    if (m_candidates.size() > 1) { // two different ones
        std::uniform_int_distribution<std::size_t> other(0, m_candidates.size() - 2);
        second = other(m_random);
        second += second >= first ? 1 : 0;
    }
    const bool isSecondBetter = headroom(m_candidates[second]) > headroom(m_candidates[first]);
    Candidate& chosen = m_candidates[isSecondBetter ? second : first];
    ++chosen.handedOut;
    return chosen.server;
}

std::size_t Directory::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_candidates.size();
}

} // namespace cohort::directory
