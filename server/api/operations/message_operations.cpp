// message.*, question.*
#include "server/actions/actions.h"
#include "server/api/operations/handlers.h"
#include "server/api/operations/made_once.h"
#include "server/store/repositories/message_repository.h"
#include "shared/protocol/operations/message.h"

#include <QSet>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::MessageRepository;

namespace {

constexpr qsizetype ChoicesLeast = 2;
constexpr qsizetype ChoiceCharactersMost = 200;

Result<model::Page<model::Message>> listMessages(Call& call, const protocol::MessageList& wanted)
{
    return MessageRepository(call.connection)
        .list(wanted.participant, wanted.after.value_or(MessageId{}), limitOf(wanted));
}

Result<model::Page<model::Conversation>> conversations(Call& call, const protocol::MessageConversations& wanted)
{
    call.mustAudit = call.showsNames();
    COHORT_TRY(items, MessageRepository(call.connection).conversations(wanted.deployment, call.showsNames()));
    return model::Page<model::Conversation>{items, false};
}

// An operator writes in one language: whatever the person's is, it is what he or she reads.
QJsonObject written(const QString& text)
{
    return {{u"en"_s, text}};
}

// `Wanted`: MessageSend or QuestionAsk.
template <typename Wanted>
Result<model::Message> record(Call& call, const Wanted& wanted, std::optional<actions::NewQuestion> question)
{
    actions::NewMessage message;
    message.deployment = call.deployment;
    message.participants = {wanted.participant};
    message.texts = written(wanted.text);
    message.author = call.identity.actor();
    message.question = std::move(question);
    const auto make = [&]() -> Result<qint64> {
        COHORT_TRY(made, actions::recordMessage(call.connection, message));
        if (made.empty())
            return fail(ErrorCode::NotFound, u"participant"_s);
        call.notices.emplace_back(bus::MessageChanged{made.front(), call.deployment, wanted.participant});
        return made.front().value;
    };
    COHORT_TRY(id, madeOnce(call, wanted.requestId, make));
    call.object = u"message:%1"_s.arg(id);
    return MessageRepository(call.connection).find(MessageId{id});
}

Result<model::ReadMessages> read(Call& call, const protocol::MessageRead& wanted)
{
    COHORT_TRY(ids, MessageRepository(call.connection).markRead(call.deployment, wanted.participant, wanted.upTo));
    for (const MessageId id : ids)
        call.notices.emplace_back(bus::MessageChanged{id, call.deployment, wanted.participant});
    return model::ReadMessages{static_cast<int>(ids.size())};
}

Result<model::Message> send(Call& call, const protocol::MessageSend& wanted)
{
    return record(call, wanted, std::nullopt);
}

Result<model::Message> ask(Call& call, const protocol::QuestionAsk& wanted)
{
    const QStringList choices = wanted.choices.value_or(QStringList());
    const bool wantsChoices = wanted.type == model::QuestionType::OneOf;
    if (wantsChoices != (choices.size() >= ChoicesLeast))
        return fail(ErrorCode::WrongValue,
                    wantsChoices ? u"'choices' must have %1 to %2 texts"_s.arg(ChoicesLeast).arg(ChoicesMost)
                                 : u"'choices' belong to the type one-of only"_s);
    actions::NewQuestion question{.type = wanted.type, .choices = {}};
    for (const QString& choice : choices) {
        if (choice.trimmed().isEmpty() || choice.size() > ChoiceCharactersMost)
            return fail(ErrorCode::WrongValue,
                        u"'choices' must be texts of 1 to %1 characters"_s.arg(ChoiceCharactersMost));
        question.choices.push_back({choice, written(choice)});
    }
    if (QSet<QString>(choices.begin(), choices.end()).size() != choices.size())
        return fail(ErrorCode::WrongValue, u"'choices': each once; two that are equal could not be told apart"_s);
    return record(call, wanted, std::move(question));
}

Result<model::Page<model::Message>> questionAnswers(Call& call, const protocol::QuestionAnswers& wanted)
{
    return MessageRepository(call.connection)
        .questions(wanted.deployment, wanted.after.value_or(MessageId{}), limitOf(wanted));
}

} // namespace

HandlerRows messageHandlers()
{
    return {handler<protocol::MessageList, &listMessages>(), handler<protocol::MessageConversations, &conversations>(),
            handler<protocol::MessageRead, &read>(),         handler<protocol::MessageSend, &send>(),
            handler<protocol::QuestionAsk, &ask>(),          handler<protocol::QuestionAnswers, &questionAnswers>()};
}

} // namespace cohort::api
