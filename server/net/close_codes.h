// The close codes of WebSocket that both halves of the protocol speak of. Thread: constants. Owner: nobody.
// Flow: frame reader, protocol → close frames and onClosed(). Source: RFC 6455, 7.4.
#pragma once

namespace cohort::net {

constexpr int GoingAway = 1001;
constexpr int ProtocolError = 1002;
constexpr int NotAccepted = 1003;
constexpr int NoStatus = 1005;     // the peer's close frame had none; never sent
constexpr int NoCloseFrame = 1006; // never sent
constexpr int NotUtf8 = 1007;
constexpr int TooSlow = 1008; // against what we ask of a peer
constexpr int TooBig = 1009;

} // namespace cohort::net
