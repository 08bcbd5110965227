// A handler for tests: echoes bodies and frames, holds back some answers, notes what it was told.
// Thread: I/O threads call it; the notes are behind a lock. Owner: the test.
// Flow: Server → here → test.
#pragma once

#include "server/net/http.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace cohort::testing {

// What happened, in order, for a test that waits for it.
class Notes
{
public:
    void add(std::string note)
    {
        const std::lock_guard lock(m_mutex);
        m_notes.push_back(std::move(note));
        m_changed.notify_all();
    }
    bool waitFor(const std::string& note, int waitMs = 5000)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::milliseconds(waitMs), [&] { return count(note) > 0; });
    }
    std::size_t countOf(const std::string& note)
    {
        const std::lock_guard lock(m_mutex);
        return count(note);
    }

private:
    std::size_t count(const std::string& note) const
    {
        return static_cast<std::size_t>(std::count(m_notes.begin(), m_notes.end(), note));
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_notes;
};

class EchoHandler final : public net::Handler
{
public:
    Notes notes;

    // The reply to the last request for /held.
    std::optional<net::Reply> held()
    {
        const std::lock_guard lock(m_mutex);
        return m_held;
    }
    net::WebSocketPtr socket()
    {
        const std::lock_guard lock(m_mutex);
        return m_socket;
    }

    void onRequest(net::Request request, net::Reply reply) override
    {
        if (request.path == "/held") {
            {
                const std::lock_guard lock(m_mutex);
                m_held = reply;
            }
            notes.add("held");
        } else if (request.path == "/forgotten") {
            notes.add("forgotten");
        } else if (request.path == "/large") {
            reply.send({200, "text/plain", std::string(4 * 1024 * 1024, 'x'), {}, false});
        } else if (request.path == "/split") {
            reply.send({200, "text/plain", "ok", {{"X-Note", "a\r\nInjected: b"}}, false});
        } else {
            reply.send(
                {200,
                 "text/plain",
                 request.method + " " + request.path + " " + std::string(request.parameter("q")) + " " + request.body,
                 {},
                 false});
        }
    }

    void onUpgrade(net::Request request, net::UpgradeReply reply) override
    {
        if (request.path == "/no") {
            reply({nullptr, {}, {401, "text/plain", "not you", {}, false}});
            return;
        }
        if (request.path == "/never")
            return;
        reply({std::make_shared<Session>(*this), "mljson", {}});
    }

private:
    class Session final : public net::WebSocketHandler
    {
    public:
        explicit Session(EchoHandler& owner) : m_owner(owner) {}
        void onOpen(net::WebSocketPtr socket) override
        {
            m_socket = socket;
            {
                const std::lock_guard lock(m_owner.m_mutex);
                m_owner.m_socket = socket;
            }
            m_owner.notes.add("open");
        }
        void onText(std::string text) override
        {
            m_owner.notes.add("text " + text.substr(0, 32));
            if (text == "pause")
                m_socket->pauseReading();
            m_socket->send(text == "flood" ? std::string(50'000, 'f') : std::move(text));
        }
        void onClose(int code) override
        {
            m_owner.notes.add("close " + std::to_string(code));
            m_socket.reset();
        }

    private:
        EchoHandler& m_owner;
        net::WebSocketPtr m_socket;
    };

    std::mutex m_mutex;
    std::optional<net::Reply> m_held;
    net::WebSocketPtr m_socket;
};

} // namespace cohort::testing
