#include "server/net/port.h"

#include <algorithm>

namespace cohort::net {

AddressCounts::Key AddressCounts::keyOf(const asio::ip::address& address)
{
    Key key{};
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        std::copy(bytes.begin(), bytes.end(), key.begin());
        return key;
    }
    const auto v6 = address.to_v6();
    const auto bytes = v6.to_bytes();
    if (v6.is_v4_mapped())
        std::copy(bytes.begin() + 12, bytes.end(), key.begin());
    else
        std::copy(bytes.begin(), bytes.begin() + 8, key.begin());
    return key;
}

bool AddressCounts::enter(const asio::ip::address& address, std::size_t limit)
{
    const std::lock_guard lock(m_mutex);
    std::size_t& count = m_counts[keyOf(address)];
    if (count >= limit)
        return false;
    ++count;
    return true;
}

void AddressCounts::leave(const asio::ip::address& address)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(keyOf(address));
    if (found != m_counts.end() && --found->second == 0)
        m_counts.erase(found);
}

} // namespace cohort::net
