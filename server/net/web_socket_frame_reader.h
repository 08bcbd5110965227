// Takes WebSocket frames apart as the bytes come; keeps only what it still needs, nothing between messages.
// Thread: one I/O thread. Owner: WebSocketProtocol. Flow: bytes → feed() → messages, pings, errors.
// Source: RFC 6455 section 5, the server's side: frames are masked, no extensions, text only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cohort::net {

enum class FrameEvent : std::uint8_t { NeedMore, Message, Ping, Pong, Close, Error };

class WebSocketFrameReader
{
public:
    struct Step
    {
        FrameEvent event = FrameEvent::NeedMore;
        std::size_t consumed = 0;
        int closeCode = 0; // Close: what the peer said, 1005 for none; Error: what to tell it
    };

    explicit WebSocketFrameReader(std::size_t messageLimit) : m_messageLimit(messageLimit) {}
    // Takes bytes up to the end of the next event. A frame over the limit is an error as soon as its header says so.
    Step feed(std::string_view bytes);
    // The text of the Message that feed() just told; valid UTF-8.
    std::string extractMessage();
    // The payload of the Ping or Close that feed() just told.
    std::string extractControl();
    // True after the first byte of a frame and before its last.
    bool isMidFrame() const { return m_have > 0; }

private:
    int checkHeader();
    Step finishFrame(std::size_t consumed);
    Step finishClose(std::size_t consumed) const;
    bool isControl() const { return (m_header[0] & 0x08) != 0; }
    std::size_t headerLength() const;
    void unmask(std::string_view bytes);

    const std::size_t m_messageLimit;
    std::array<unsigned char, 14> m_header{};
    std::uint8_t m_have = 0; // bytes of the header that are there
    bool m_inMessage = false;
    bool m_headerDone = false;
    std::uint64_t m_left = 0;   // payload still to come
    std::uint64_t m_length = 0; // payload of this frame
    std::string m_message;
    std::string m_control;
};

// One unfragmented frame of the server's side, header and payload, appended to `out`.
enum class Opcode : std::uint8_t { Text = 1, Close = 8, Ping = 9, Pong = 10 };
void appendFrame(std::string& out, Opcode opcode, std::string_view payload);
// A close frame's payload: the code and at most 123 bytes of reason, cut at a character's border.
std::string closePayload(int code, std::string_view reason);

} // namespace cohort::net
