// What the participants' page asks for and does, one function each.
// Thread: an executor thread. Owner: nobody. Flow: Inbox → here → actions::Answers, store → answer.
#pragma once

#include "server/api/dispatch/api_context.h"

#include <string_view>

namespace cohort::api {

struct InboxRequest
{
    QString token; // of the cookie
    QString address;
    QJsonObject body;
};
using InboxWork = Result<QJsonObject> (*)(store::Connection&, const ApiContext&, const InboxRequest&);

struct InboxRow
{
    std::string_view path; // /inbox/act
    InboxWork work;
    bool opensSession = false; // its answer carries the token for the cookie
};

// The row of a POST, or null.
const InboxRow* findInboxRow(std::string_view path);
// GET /inbox/items; marks what it gives as delivered.
Result<QJsonObject> inboxItems(store::Connection& connection, const ApiContext& context, const InboxRequest& request);

} // namespace cohort::api
