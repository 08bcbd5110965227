// A device's end of its WebSocket: uploads in order, replies to them, commands from the server; reconnects by itself.
// Thread: the io_context's one thread. Owner: a simulated gateway, the replay or the load generator.
// Flow: upload() → frame → reply → its callback; what was not acknowledged is sent again on the next connection.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "shared/base/result.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>

namespace cohort::sim {

struct ChannelOptions
{
    std::string host = "127.0.0.1";
    std::string port = "8461";
    std::string path = "/deviceio/ws";
    bool tls = false;
    std::string caFile;       // PEM; empty: the system's
    std::string deviceId;     // the gateway's or device's own id
    std::string token;        // empty: a tokenless device
    std::string localAddress; // 127.0.0.x to connect from; empty: any
    bool reconnect = true;    // with back-off from 100 ms to 5 s
};

// host, port and TLS of a device server's URL as settingsServer answers it. Errors: WrongValue.
Result<ChannelOptions> channelOptionsFromUrl(const std::string& text);

class DeviceChannel : public std::enable_shared_from_this<DeviceChannel>
{
public:
    struct Callbacks
    {
        std::function<void()> onConnected;                  // each time
        std::function<void(const std::string&)> onCommands; // a frame with commands, as it came
        std::function<void(const std::string&)> onFailed;   // why the connection ended; with reconnect: informative
    };
    using Replied = std::function<void(const std::string& reply)>;

    static std::shared_ptr<DeviceChannel> make(boost::asio::io_context& context, ChannelOptions options,
                                               Callbacks callbacks);
    virtual ~DeviceChannel() = default;
    virtual void connect() = 0;
    // Queues an upload; `replied` is called once with its reply (ACK, ERR_FORMAT, …). A reply of status ERR or a lost
    // connection sends it again.
    virtual void upload(std::string json, Replied replied) = 0;
    virtual bool isConnected() const = 0;
    // Uploads without a reply so far.
    virtual std::size_t waiting() const = 0;
    virtual void close() = 0;
};

} // namespace cohort::sim
