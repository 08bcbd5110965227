// The participants' page and its JSON: enrol, sign in, alerts with their actions, messages, answers, live hints.
// Thread: on I/O threads; the work on the executor's. Owner: ApiHandler.
// Flow: /, /e/CODE, /inbox/… → here → store, actions → page. Source: study.md, "Enrolment", "Messages", "Alerts".
#pragma once

#include "server/api/dispatch/api_context.h"
#include "server/net/http.h"

namespace cohort::api {

class Inbox
{
public:
    explicit Inbox(std::shared_ptr<ApiContext> context);
    void onRequest(const net::Request& request, const net::Reply& reply) const;
    void onUpgrade(const net::Request& request, const net::UpgradeReply& reply) const;

private:
    void post(const net::Request& request, const net::Reply& reply) const;
    void items(const net::Request& request, const net::Reply& reply) const;

    const std::shared_ptr<ApiContext> m_context;
};

} // namespace cohort::api
