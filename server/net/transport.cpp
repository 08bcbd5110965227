#include "server/net/transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace cohort::net {

namespace {

constexpr std::size_t MostPerTlsWrite = 16 * 1024;

IoStatus statusOfErrno(IoStatus wait)
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? wait : IoStatus::Failed;
}

} // namespace

Transport::Transport(Socket socket, ssl_ctx_st* context) : m_socket(std::move(socket))
{
    if (context == nullptr)
        return;
    m_tls.reset(SSL_new(context));
    if (m_tls) {
        SSL_set_fd(m_tls.get(), m_socket.native_handle());
        SSL_set_accept_state(m_tls.get());
    }
}

Transport::~Transport() = default;

IoResult Transport::tlsResult(int result) const
{
    switch (SSL_get_error(m_tls.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return {IoStatus::WantRead, 0};
    case SSL_ERROR_WANT_WRITE:
        return {IoStatus::WantWrite, 0};
    case SSL_ERROR_ZERO_RETURN:
        return {IoStatus::Closed, 0};
    default:
        return {IoStatus::Failed, 0};
    }
}

IoStatus Transport::handshake()
{
    if (!m_tls)
        return IoStatus::Done;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_tls.get());
    return result == 1 ? IoStatus::Done : tlsResult(result).status;
}

IoResult Transport::read(std::span<char> into)
{
    if (m_tls) {
        ERR_clear_error();
        const int result = SSL_read(m_tls.get(), into.data(), static_cast<int>(into.size()));
        return result > 0 ? IoResult{IoStatus::Done, static_cast<std::size_t>(result)} : tlsResult(result);
    }
    const ssize_t result = ::recv(m_socket.native_handle(), into.data(), into.size(), 0);
    if (result > 0)
        return {IoStatus::Done, static_cast<std::size_t>(result)};
    return {result == 0 ? IoStatus::Closed : statusOfErrno(IoStatus::WantRead), 0};
}

IoResult Transport::write(std::string_view bytes)
{
    if (m_tls) {
        ERR_clear_error();
        const int length = static_cast<int>(std::min(bytes.size(), MostPerTlsWrite));
        const int result = SSL_write(m_tls.get(), bytes.data(), length);
        return result > 0 ? IoResult{IoStatus::Done, static_cast<std::size_t>(result)} : tlsResult(result);
    }
    const ssize_t result = ::send(m_socket.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (result >= 0)
        return {IoStatus::Done, static_cast<std::size_t>(result)};
    return {statusOfErrno(IoStatus::WantWrite), 0};
}

void Transport::shutdownWrite()
{
    if (m_tls && SSL_is_init_finished(m_tls.get()) != 0) {
        ERR_clear_error();
        SSL_shutdown(m_tls.get());
    }
    ::shutdown(m_socket.native_handle(), SHUT_WR);
}

void Transport::close()
{
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

} // namespace cohort::net
