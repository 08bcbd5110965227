#include "server/net/web_socket_frame_reader.h"

#include "server/net/close_codes.h"
#include "shared/base/utf8.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cohort::net {

namespace {

// The codes that a peer may put into a close frame (RFC 6455, 7.4).
bool isCloseCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

} // namespace

std::size_t WebSocketFrameReader::headerLength() const
{
    if (m_have < 2)
        return 2;
    const int length = m_header[1] & 0x7F;
    const std::size_t extended = length == 127 ? 8 : (length == 126 ? 2 : 0);
    return 2 + extended + 4; // an unmasked frame is refused at its second byte
}

// 0, or the close code that the two first bytes earn.
int WebSocketFrameReader::checkHeader()
{
    const int opcode = m_header[0] & 0x0F;
    const bool isFinal = (m_header[0] & 0x80) != 0;
    const int length = m_header[1] & 0x7F;
    if ((m_header[0] & 0x70) != 0 || (m_header[1] & 0x80) == 0)
        return ProtocolError;
    if (isControl()) {
        const bool isKnown = opcode >= 8 && opcode <= 10;
        return isKnown && isFinal && length <= 125 ? 0 : ProtocolError;
    }
    if (opcode == 2)
        return NotAccepted;
    if (opcode > 1 || (opcode == 0) != m_inMessage)
        return ProtocolError;
    return 0;
}

WebSocketFrameReader::Step WebSocketFrameReader::feed(std::string_view bytes)
{
    std::size_t used = 0;
    while (!m_headerDone) {
        if (used == bytes.size())
            return {FrameEvent::NeedMore, used, 0};
        m_header[m_have++] = static_cast<unsigned char>(bytes[used++]);
        if (m_have == 2) {
            if (const int code = checkHeader(); code != 0)
                return {FrameEvent::Error, used, code};
        }
        if (m_have < headerLength())
            continue;
        const std::size_t extended = headerLength() - 6;
        m_length = extended == 0 ? (m_header[1] & 0x7FU) : 0;
        for (std::size_t i = 0; i < extended; ++i)
            m_length = (m_length << 8) | m_header[2 + i];
        const std::size_t before = isControl() ? 0 : m_message.size();
        if (extended == 8 && (m_length >> 63) != 0)
            return {FrameEvent::Error, used, ProtocolError};
        if (m_length > m_messageLimit || before + m_length > m_messageLimit)
            return {FrameEvent::Error, used, isControl() ? ProtocolError : TooBig};
        m_left = m_length;
        m_headerDone = true;
    }
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size() - used));
    unmask(bytes.substr(used, count));
    used += count;
    if (m_left > 0)
        return {FrameEvent::NeedMore, used, 0};
    return finishFrame(used);
}

void WebSocketFrameReader::unmask(std::string_view bytes)
{
    std::string& out = isControl() ? m_control : m_message;
    const std::size_t at = out.size();
    out.append(bytes);
    std::array<unsigned char, 8> key{};
    const std::uint64_t offset = m_length - m_left;
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = m_header[static_cast<std::size_t>(m_have) - 4 + ((offset + i) & 3)];
    std::uint64_t wide = 0;
    std::memcpy(&wide, key.data(), 8);
    char* p = out.data() + at;
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, p + i, 8);
        eight ^= wide;
        std::memcpy(p + i, &eight, 8);
    }
    for (; i < bytes.size(); ++i)
        p[i] = static_cast<char>(static_cast<unsigned char>(p[i]) ^ key[i & 7]);
    m_left -= bytes.size();
}

WebSocketFrameReader::Step WebSocketFrameReader::finishFrame(std::size_t consumed)
{
    const int opcode = m_header[0] & 0x0F;
    const bool isFinal = (m_header[0] & 0x80) != 0;
    m_have = 0;
    m_headerDone = false;
    if (opcode == static_cast<int>(Opcode::Close))
        return finishClose(consumed);
    if (opcode == static_cast<int>(Opcode::Ping))
        return {FrameEvent::Ping, consumed, 0};
    if (opcode == static_cast<int>(Opcode::Pong)) {
        m_control.clear();
        return {FrameEvent::Pong, consumed, 0};
    }
    m_inMessage = !isFinal;
    if (!isFinal)
        return {FrameEvent::NeedMore, consumed, 0};
    if (!isUtf8(m_message))
        return {FrameEvent::Error, consumed, NotUtf8};
    return {FrameEvent::Message, consumed, 0};
}

WebSocketFrameReader::Step WebSocketFrameReader::finishClose(std::size_t consumed) const
{
    if (m_control.empty())
        return {FrameEvent::Close, consumed, NoStatus};
    if (m_control.size() == 1)
        return {FrameEvent::Error, consumed, ProtocolError};
    const int code = (static_cast<unsigned char>(m_control[0]) << 8) | static_cast<unsigned char>(m_control[1]);
    if (!isCloseCode(code))
        return {FrameEvent::Error, consumed, ProtocolError};
    if (!isUtf8(std::string_view(m_control).substr(2)))
        return {FrameEvent::Error, consumed, NotUtf8};
    return {FrameEvent::Close, consumed, code};
}

std::string WebSocketFrameReader::extractMessage()
{
    return std::exchange(m_message, {});
}

std::string WebSocketFrameReader::extractControl()
{
    return std::exchange(m_control, {});
}

void appendFrame(std::string& out, Opcode opcode, std::string_view payload)
{
    out.push_back(static_cast<char>(0x80 | static_cast<int>(opcode)));
    const std::uint64_t length = payload.size();
    int extended = 0;
    if (length < 126) {
        out.push_back(static_cast<char>(length));
    } else {
        extended = length <= 0xFFFF ? 2 : 8;
        out.push_back(static_cast<char>(extended == 2 ? 126 : 127));
    }
    for (int i = extended - 1; i >= 0; --i)
        out.push_back(static_cast<char>((length >> (8 * i)) & 0xFF));
    out.append(payload);
}

std::string closePayload(int code, std::string_view reason)
{
    constexpr std::size_t MostReason = 123;
    std::size_t length = std::min(reason.size(), MostReason);
    while (length < reason.size() && length > 0 && (static_cast<unsigned char>(reason[length]) & 0xC0) == 0x80)
        --length;
    std::string payload;
    payload.push_back(static_cast<char>((code >> 8) & 0xFF));
    payload.push_back(static_cast<char>(code & 0xFF));
    payload.append(reason.substr(0, length));
    return payload;
}

} // namespace cohort::net
