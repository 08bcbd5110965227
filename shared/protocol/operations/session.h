// Operations: signing in and what holds before it. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/operator.h"
#include "shared/model/page.h"
#include "shared/model/server.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

struct SubscriptionStarted
{
    qint64 subscription = 0;
};
template <typename V, Of<SubscriptionStarted> T>
void fields(V& visit, T& started)
{
    visit("subscription", started.subscription, "The number under which its notifications come.");
}

struct SessionSignIn
{
    using Answer = model::OperatorSession;
    static constexpr const char* Name = "session.signIn";

    QString email;
    QString password;
};
template <typename V, Of<SessionSignIn> T>
void fields(V& visit, T& wanted)
{
    visit("email", wanted.email, "The address.", characters(1, EmailCharactersMost).secret());
    visit("password", wanted.password, "The password.", characters(1, PasswordMost).secret());
}

struct SessionFirstAdmin
{
    using Answer = model::OperatorSession;
    static constexpr const char* Name = "session.firstAdmin";

    QString code;
    QString email;
    QString name;
    QString password;
};
template <typename V, Of<SessionFirstAdmin> T>
void fields(V& visit, T& wanted)
{
    visit("code", wanted.code, "The one-time code that the server logged at its first start.",
          characters(1, 40).secret());
    visit("email", wanted.email, "The address with which to sign in.", characters(3, EmailCharactersMost));
    visit("name", wanted.name, "The name.", characters(1, NameCharactersMost));
    visit("password", wanted.password, "The password.", characters(1, PasswordMost).secret());
}

struct SessionResume
{
    using Answer = model::OperatorSession;
    static constexpr const char* Name = "session.resume";

    QString token;
};
template <typename V, Of<SessionResume> T>
void fields(V& visit, T& wanted)
{
    visit("token", wanted.token, "The token of a session.", characters(1, 200).secret());
}

struct SessionSignOut
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "session.signOut";
};
template <typename V, Of<SessionSignOut> T>
void fields(V&, T&)
{
}

struct SessionChangePassword
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "session.changePassword";

    QString oldPassword;
    QString newPassword;
};
template <typename V, Of<SessionChangePassword> T>
void fields(V& visit, T& wanted)
{
    visit("old", wanted.oldPassword, "The password until now.", characters(1, PasswordMost).secret());
    visit("new", wanted.newPassword, "The new one.", characters(1, PasswordMost).secret());
}

struct ServerInfoGet
{
    using Answer = model::ServerInfo;
    static constexpr const char* Name = "server.info";
};
template <typename V, Of<ServerInfoGet> T>
void fields(V&, T&)
{
}

struct Subscribe
{
    using Answer = SubscriptionStarted;
    static constexpr const char* Name = "subscribe";

    QString topic;
    std::optional<QJsonObject> filter;
};
template <typename V, Of<Subscribe> T>
void fields(V& visit, T& wanted)
{
    visit("topic", wanted.topic, "What to hear of.", characters(1, 40));
    visit("filter", wanted.filter, "Of which object: one member, as the topic says.", entries(0, 1));
}

struct Unsubscribe
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "unsubscribe";

    qint64 subscription = 0;
};
template <typename V, Of<Unsubscribe> T>
void fields(V& visit, T& wanted)
{
    visit("subscription", wanted.subscription, "Which one, as subscribe answered.", between(1, 9e15));
}

} // namespace cohort::protocol
