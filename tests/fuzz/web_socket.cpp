// WebSocket frames: however the bytes come, the same events, and those that a decoder written after the RFC tells.
// Source: RFC 6455, 5.2 to 5.5, 7.4.
#include "server/net/web_socket_frame_reader.h"
#include "tests/fuzz/check.h"

#include <string>
#include <vector>

namespace cohort::fuzz {

namespace {

using net::FrameEvent;

constexpr std::size_t Limit = 300; // of a message
using Events = std::vector<std::string>;

Events eventsOf(std::string_view bytes, std::size_t piece)
{
    net::WebSocketFrameReader reader(Limit);
    Events events;
    while (!bytes.empty()) {
        std::string_view part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        while (!part.empty()) {
            const auto step = reader.feed(part);
            holds(step.consumed > 0 && step.consumed <= part.size(), "some of the bytes are taken");
            part.remove_prefix(step.consumed);
            if (step.event == FrameEvent::Message)
                events.push_back("message " + reader.extractMessage());
            else if (step.event == FrameEvent::Ping)
                events.push_back("ping " + reader.extractControl());
            else if (step.event == FrameEvent::Pong)
                events.emplace_back("pong");
            else if (step.event == FrameEvent::Close)
                events.push_back("close " + std::to_string(step.closeCode));
            else if (step.event == FrameEvent::Error)
                events.push_back("error " + std::to_string(step.closeCode));
            if (step.event == FrameEvent::Close || step.event == FrameEvent::Error)
                return events;
        }
    }
    return events;
}

unsigned at(std::string_view bytes, std::size_t place)
{
    return static_cast<unsigned char>(bytes[place]);
}

struct Frame
{
    unsigned opcode = 0;
    bool isFinal = false;
    std::string payload;
    std::size_t size = 0; // 0: not whole
    int fault = 0;
};

Frame frameOf(std::string_view bytes, bool inMessage, std::size_t before)
{
    Frame frame;
    if (bytes.size() < 2)
        return frame;
    frame.opcode = at(bytes, 0) & 15U;
    frame.isFinal = at(bytes, 0) >= 128;
    std::uint64_t length = at(bytes, 1) & 127U;
    const bool isControl = frame.opcode >= 8;
    const bool isReserved = (at(bytes, 0) & 0x70U) != 0 || at(bytes, 1) < 128;
    const bool isWrongControl = isControl && (frame.opcode > 10 || !frame.isFinal || length > 125);
    const bool isWrongPart = !isControl && frame.opcode != 2 && (frame.opcode > 2 || (frame.opcode == 0) != inMessage);
    if (isReserved || isWrongControl || isWrongPart)
        frame.fault = 1002;
    else if (frame.opcode == 2)
        frame.fault = 1003;
    const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    const std::size_t start = 2 + extended + 4;
    if (frame.fault != 0 || bytes.size() < start)
        return frame;
    for (std::size_t i = 0; i < extended; ++i)
        length = (i == 0 ? 0 : length << 8) | at(bytes, 2 + i);
    if (length >> 63 != 0)
        frame.fault = 1002;
    else if (length > Limit || (!isControl && before + length > Limit))
        frame.fault = 1009;
    if (frame.fault != 0 || bytes.size() - start < length)
        return frame;
    for (std::size_t i = 0; i < length; ++i)
        frame.payload.push_back(static_cast<char>(at(bytes, start + i) ^ at(bytes, start - 4 + i % 4)));
    frame.size = start + static_cast<std::size_t>(length);
    return frame;
}

std::string closing(const std::string& payload)
{
    if (payload.empty())
        return "close 1005";
    const unsigned code = payload.size() < 2 ? 0 : at(payload, 0) * 256 + at(payload, 1);
    const bool isKnown =
        (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code < 5000);
    if (!isKnown)
        return "error 1002";
    return isText(std::string_view(payload).substr(2)) ? "close " + std::to_string(code) : "error 1007";
}

Events byTheBook(std::string_view bytes)
{
    Events events;
    std::string message;
    bool inMessage = false;
    for (;;) {
        const Frame frame = frameOf(bytes, inMessage, message.size());
        if (frame.fault != 0)
            events.push_back("error " + std::to_string(frame.fault));
        if (frame.size == 0)
            return events;
        bytes.remove_prefix(frame.size);
        if (frame.opcode == 8) {
            events.push_back(closing(frame.payload));
            return events;
        }
        if (frame.opcode == 9)
            events.push_back("ping " + frame.payload);
        if (frame.opcode == 10)
            events.emplace_back("pong");
        if (frame.opcode >= 8)
            continue;
        message += frame.payload;
        inMessage = !frame.isFinal;
        if (frame.isFinal && !isText(message)) {
            events.emplace_back("error 1007");
            return events;
        }
        if (frame.isFinal)
            events.push_back("message " + std::exchange(message, {}));
    }
}

// What the server writes, read by the decoder above once it is masked with zeros.
void checkWriting(std::string_view bytes)
{
    const std::string_view text = bytes.substr(0, Limit);
    std::string frame;
    net::appendFrame(frame, net::Opcode::Text, text);
    const std::size_t header = frame.size() - text.size();
    frame[1] = static_cast<char>(frame[1] | '\x80');
    frame.insert(header, 4, '\0');
    const std::string expected = isText(text) ? "message " + std::string(text) : "error 1007";
    holds(byTheBook(frame) == Events{expected}, "a text frame that is written is one");
    const std::string payload = net::closePayload(1001, bytes);
    holds(payload.size() >= 2 && payload.size() <= 125, "a close frame that fits");
    holds(bytes.starts_with(std::string_view(payload).substr(2)), "the reason's beginning");
    holds(!isText(bytes) || isText(std::string_view(payload).substr(2)), "a reason cut between characters");
}

} // namespace

void check(std::span<const std::byte> input)
{
    const std::string_view bytes = textOf(input);
    const Events whole = eventsOf(bytes, bytes.size());
    holds(eventsOf(bytes, pieceOf(bytes)) == whole, "pieces tell what the whole tells");
    holds(whole == byTheBook(bytes), "what the RFC says they are");
    checkWriting(bytes);
}

} // namespace cohort::fuzz
