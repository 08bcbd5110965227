// message.*, question.*
#include "server/actions/actions.h"
#include "server/api/operations/handlers.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QJsonObject> list(Call& call)
{
    return store::viewPage(
        call.connection, Sql::MessageView,
        {{"participant", call.integer("participant")}, {"ids", store::nothing()}, {"after", call.boundId("after")}},
        call.limit());
}

Result<QJsonObject> conversations(Call& call)
{
    call.mustAudit = call.showsNames();
    COHORT_TRY(items, store::viewItems(call.connection, Sql::MessageConversationsView,
                                       {{"deployment", call.integer("deployment")}, {"names", call.showsNames()}}));
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

Result<QJsonObject> record(Call& call, std::optional<actions::NewQuestion> question)
{
    const ParticipantId participant{call.integer("participant")};
    actions::NewMessage message;
    message.deployment = call.deployment;
    message.participants = {participant};
    message.texts = {{u"en"_s, call.text("text")}};
    message.author = call.identity.actor();
    message.question = std::move(question);
    COHORT_TRY(made, actions::recordMessage(call.connection, message));
    if (made.empty())
        return fail(ErrorCode::NotFound, u"participant"_s);
    call.notices.emplace_back(bus::MessageChanged{made.front(), call.deployment, participant});
    call.object = u"message:%1"_s.arg(made.front().value);
    return store::viewOne(call.connection, Sql::MessageView,
                          {{"participant", store::nothing()},
                           {"ids", store::boundIds(std::vector<qint64>{made.front().value})},
                           {"after", store::nothing()},
                           {"count", 1}});
}

Result<QJsonObject> send(Call& call)
{
    return record(call, std::nullopt);
}

Result<QJsonObject> ask(Call& call)
{
    const auto choices = call.value("choices").toArray();
    const bool wantsChoices = call.text("type") == u"one-of"_s;
    if (wantsChoices != (choices.size() >= 2))
        return fail(ErrorCode::WrongValue, wantsChoices ? u"'choices' must have 2 to 20 texts"_s
                                                        : u"'choices' belong to the type one-of only"_s);
    for (const auto& choice : choices)
        if (!choice.isString() || choice.toString().trimmed().isEmpty() || choice.toString().size() > 200)
            return fail(ErrorCode::WrongValue, u"'choices' must be texts of 1 to 200 characters"_s);
    return record(call, actions::NewQuestion{.type = call.text("type").toStdString(), .choices = choices});
}

Result<QJsonObject> questionAnswers(Call& call)
{
    return store::viewPage(call.connection, Sql::MessageAnswersView,
                           {{"deployment", call.integer("deployment")}, {"after", call.boundId("after")}},
                           call.limit());
}

} // namespace

HandlerRows messageHandlers()
{
    return {{"message.list", &list},
            {"message.conversations", &conversations},
            {"message.send", &send},
            {"question.ask", &ask},
            {"question.answers", &questionAnswers}};
}

} // namespace cohort::api
