#include "server/sim/device_channel.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <QUrl>

#include <algorithm>
#include <deque>

namespace cohort::sim {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using ErrorCodeOfSystem = boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds FirstPause{100};
constexpr std::chrono::milliseconds LongestPause{5'000};

struct Upload
{
    std::string json;
    DeviceChannel::Replied replied;
};

template <typename Stream>
class Channel final : public DeviceChannel
{
public:
    Channel(asio::io_context& context, ChannelOptions options, Callbacks callbacks)
        : m_context(context), m_options(std::move(options)), m_callbacks(std::move(callbacks)), m_timer(context)
    {
    }

    void connect() override
    {
        m_link.closed = false;
        open();
    }

    void upload(std::string json, Replied replied) override
    {
        m_queue.push_back({std::move(json), std::move(replied)});
        writeNext();
    }

    bool isConnected() const override { return m_link.open; }
    std::size_t waiting() const override { return m_queue.size(); }

    void close() override
    {
        m_link.closed = true;
        m_timer.cancel();
        if (m_stream)
            beast::get_lowest_layer(*m_stream).close();
    }

private:
    std::shared_ptr<Channel> self() { return std::static_pointer_cast<Channel>(this->shared_from_this()); }

    std::unique_ptr<Stream> makeStream()
    {
        if constexpr (std::is_same_v<Stream, websocket::stream<beast::tcp_stream>>) {
            return std::make_unique<Stream>(m_context);
        } else {
            if (!m_tls) {
                m_tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
                m_tls->set_verify_mode(asio::ssl::verify_peer);
                ErrorCodeOfSystem ignored;
                if (m_options.caFile.empty())
                    m_tls->set_default_verify_paths(ignored);
                else
                    m_tls->load_verify_file(m_options.caFile, ignored);
            }
            return std::make_unique<Stream>(m_context, *m_tls);
        }
    }

    void open()
    {
        m_stream = makeStream();
        m_sent = 0;
        auto& lowest = beast::get_lowest_layer(*m_stream);
        ErrorCodeOfSystem error;
        const auto address = asio::ip::make_address(m_options.host, error);
        if (error) { // a name: resolve it
            tcp::resolver resolver(m_context);
            const auto found = resolver.resolve(m_options.host, m_options.port, error);
            if (error || found.empty())
                return failed(error);
            return connectTo(lowest, *found.begin());
        }
        connectTo(lowest, {address, static_cast<std::uint16_t>(std::stoi(m_options.port))});
    }

    void connectTo(beast::tcp_stream& lowest, const tcp::endpoint& peer)
    {
        ErrorCodeOfSystem error;
        if (!m_options.localAddress.empty()) {
            lowest.socket().open(peer.protocol(), error);
            lowest.socket().bind({asio::ip::make_address(m_options.localAddress), 0}, error);
        }
        lowest.expires_after(std::chrono::seconds(15));
        lowest.async_connect(peer, [keep = self()](ErrorCodeOfSystem e) { e ? keep->failed(e) : keep->secure(); });
    }

    void secure()
    {
        ErrorCodeOfSystem ignored;
        beast::get_lowest_layer(*m_stream).socket().set_option(tcp::no_delay(true), ignored);
        if constexpr (std::is_same_v<Stream, websocket::stream<beast::tcp_stream>>) {
            handshake();
        } else {
            m_stream->next_layer().async_handshake(
                asio::ssl::stream_base::client,
                [keep = self()](ErrorCodeOfSystem e) { e ? keep->failed(e) : keep->handshake(); });
        }
    }

    void handshake()
    {
        beast::get_lowest_layer(*m_stream).expires_never();
        m_stream->set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
            request.set(beast::http::field::sec_websocket_protocol, "mljson");
            if (!m_options.token.empty())
                request.set("PPCAuthorization", "esp token=" + m_options.token);
        }));
        m_stream->async_handshake(m_options.host, m_options.path + "?id=" + m_options.deviceId,
                                  [keep = self()](ErrorCodeOfSystem e) { e ? keep->failed(e) : keep->opened(); });
    }

    void opened()
    {
        m_link.open = true;
        m_pause = FirstPause;
        if (m_callbacks.onConnected)
            m_callbacks.onConnected();
        read();
        writeNext();
    }

    void read()
    {
        m_stream->async_read(m_buffer, [keep = self(), stream = m_stream.get()](ErrorCodeOfSystem e, std::size_t) {
            if (stream != keep->m_stream.get())
                return;
            if (e)
                return keep->failed(e);
            const std::string text = beast::buffers_to_string(keep->m_buffer.data());
            keep->m_buffer.consume(keep->m_buffer.size());
            keep->received(text);
            if (keep->m_link.open)
                keep->read();
        });
    }

    // What the server sends by itself carries no status; everything else answers the oldest upload.
    void received(const std::string& text)
    {
        if (text.find("\"status\"") == std::string::npos) {
            if (text.find("\"commands\"") != std::string::npos && m_callbacks.onCommands)
                m_callbacks.onCommands(text);
            return;
        }
        if (m_sent == 0)
            return;
        if (text.find("\"status\":\"ERR\"") != std::string::npos)
            return failed(make_error_code(boost::system::errc::resource_unavailable_try_again));
        Upload done = std::move(m_queue.front());
        m_queue.pop_front();
        --m_sent;
        if (done.replied)
            done.replied(text);
    }

    void writeNext()
    {
        if (!m_link.open || m_link.writing || m_sent >= m_queue.size())
            return;
        m_link.writing = true;
        m_stream->async_write(asio::buffer(m_queue[m_sent].json),
                              [keep = self(), stream = m_stream.get()](ErrorCodeOfSystem e, std::size_t) {
                                  if (stream != keep->m_stream.get())
                                      return;
                                  keep->m_link.writing = false;
                                  if (e)
                                      return keep->failed(e);
                                  keep->writeNext();
                              });
        ++m_sent;
    }

    void failed(ErrorCodeOfSystem error)
    {
        m_link.open = false;
        m_link.writing = false;
        m_sent = 0;
        m_buffer.consume(m_buffer.size());
        if (m_stream)
            beast::get_lowest_layer(*m_stream).close();
        if (m_link.closed)
            return;
        if (m_callbacks.onFailed)
            m_callbacks.onFailed(error.message());
        if (!m_options.reconnect)
            return;
        m_timer.expires_after(m_pause);
        m_pause = std::min(m_pause * 2, LongestPause);
        m_timer.async_wait([keep = self()](ErrorCodeOfSystem e) {
            if (!e && !keep->m_link.closed)
                keep->open();
        });
    }

    asio::io_context& m_context;
    ChannelOptions m_options;
    Callbacks m_callbacks;
    asio::steady_timer m_timer;
    std::unique_ptr<asio::ssl::context> m_tls;
    std::unique_ptr<Stream> m_stream;
    beast::flat_buffer m_buffer;
    std::deque<Upload> m_queue; // the first m_sent of them are on the wire
    std::size_t m_sent = 0;
    std::chrono::milliseconds m_pause = FirstPause;
    struct Link
    {
        bool open = false, writing = false;
        bool closed = false; // by its owner: no reconnecting
    };
    Link m_link;
};

} // namespace

Result<ChannelOptions> channelOptionsFromUrl(const std::string& text)
{
    const QUrl url(QString::fromStdString(text).trimmed());
    if (!url.isValid() || url.host().isEmpty())
        return fail(ErrorCode::WrongValue, QStringLiteral("'%1' is no device server's URL").arg(url.toString()));
    ChannelOptions options;
    options.tls = url.scheme() == QStringLiteral("https");
    options.host = url.host().toStdString();
    options.port = std::to_string(url.port(options.tls ? 443 : 80));
    return options;
}

std::shared_ptr<DeviceChannel> DeviceChannel::make(asio::io_context& context, ChannelOptions options,
                                                   Callbacks callbacks)
{
    if (options.tls)
        return std::make_shared<Channel<websocket::stream<beast::ssl_stream<beast::tcp_stream>>>>(
            context, std::move(options), std::move(callbacks));
    return std::make_shared<Channel<websocket::stream<beast::tcp_stream>>>(context, std::move(options),
                                                                           std::move(callbacks));
}

} // namespace cohort::sim
