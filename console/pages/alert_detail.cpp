#include "console/pages/alert_detail.h"

#include "console/models/home_tables.h"
#include "console/models/words.h"
#include "console/pages/confirm_command.h"
#include "console/pages/small_widgets.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "shared/base/system_clock.h"
#include "shared/base/when_done.h"
#include "ui_alert_detail.h"

#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// Who did what: "Anna Berg took an action: Switch it off".
QString answerText(const model::Alert& alert, const model::AlertAnswer& answer, const QString& name)
{
    QString text = words::actor(answer.actor, name) + u' ' + words::alertAnswer(answer.answer);
    for (const model::AlertAction& action : alert.actions) {
        if (action.id == answer.action)
            text += u": "_s + action.text;
    }
    return answer.comment.isEmpty() ? text : text + u": "_s + answer.comment;
}

bool endsIt(const model::AlertAnswer& answer)
{
    return answer.answer == model::AnswerKind::Resolve || answer.answer == model::AnswerKind::Dismiss;
}

// What ended it where no person's answer did: the script, or a cause that is gone.
QString endText(const model::Alert& alert)
{
    const bool byScript = alert.life.stateBy.startsWith("script:"_L1);
    const QString by = words::actor(alert.life.stateBy, byScript ? alert.origin.scriptName : QString());
    const QString state = words::alertState(alert.life.state).text;
    if (alert.life.stateBy.isEmpty())
        return state;
    return by.isEmpty() ? state : Pages::tr("%1 by %2").arg(state, by);
}

} // namespace

AlertDetail::AlertDetail(Workspace& workspace, AlertsModel& alerts, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_alerts(alerts), m_notices(notices),
      m_ui(std::make_unique<Ui::AlertDetail>())
{
    m_ui->setupUi(this);
    new QVBoxLayout(m_ui->actions);
    m_ui->actions->layout()->setContentsMargins(0, 0, 0, 0);
    m_ui->snooze->setIcon(icon(u"clock"_s));
    for (QWidget* button :
         std::initializer_list<QWidget*>{m_ui->acknowledge, m_ui->snooze, m_ui->resolve, m_ui->dismiss})
        keepRoom(button); // a second click hits no other one
    auto* menu = new QMenu(this);
    for (const int minutes : {15, 60, 240, 1440}) {
        const QString text =
            minutes < 60 ? Pages::tr("%n minute(s)", nullptr, minutes) : Pages::tr("%n hour(s)", nullptr, minutes / 60);
        connect(menu->addAction(text), &QAction::triggered, this, [this, minutes] {
            change(m_ui->snooze, [this, minutes](AlertId id) { return m_alerts.acknowledge(id, minutes); });
        });
    }
    m_ui->snooze->setMenu(menu);
    connect(m_ui->acknowledge, &QPushButton::clicked, this,
            [this] { change(m_ui->acknowledge, [this](AlertId id) { return m_alerts.acknowledge(id); }); });
    connect(m_ui->resolve, &QPushButton::clicked, this,
            [this] { change(m_ui->resolve, [this](AlertId id) { return m_alerts.resolve(id); }); });
    connect(m_ui->dismiss, &QPushButton::clicked, this,
            [this] { change(m_ui->dismiss, [this](AlertId id) { return m_alerts.dismiss(id); }); });
    connect(m_ui->addComment, &QPushButton::clicked, this, &AlertDetail::addNote);
    connect(m_ui->comment, &QLineEdit::returnPressed, this, &AlertDetail::addNote);
    connect(m_ui->comment, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_workspace.drafts().keepNote(m_id, {m_ui->text->text(), text});
    });
    connect(m_ui->openHome, &QPushButton::clicked, this, [this] { Q_EMIT openHome(m_home); });
    setAlert(nullptr);
}

AlertDetail::~AlertDetail() = default;

void AlertDetail::change(QWidget* button, const Ask& ask)
{
    performBy(
        button, m_notices, [ask, id = m_id] { return ask(id); },
        [this, study = m_workspace.deployment()](const model::Alert& alert) { put(alert, study); });
}

// What was done in a study that is left meanwhile has no row in another's list.
void AlertDetail::put(const model::Alert& alert, DeploymentId study)
{
    if (study == m_workspace.deployment())
        m_alerts.put(alert);
}

void AlertDetail::addNote()
{
    const QString text = m_ui->comment->text().trimmed();
    if (text.isEmpty() || !m_ui->addComment->isEnabled())
        return;
    performBy(
        m_ui->addComment, m_notices, [this, text, id = m_id] { return m_alerts.comment(id, text); },
        [this, text, study = m_workspace.deployment()](const model::Alert& alert) {
            if (m_workspace.drafts().noteOn(alert.id).text.trimmed() == text) { // else the next one is being written
                m_workspace.drafts().dropNote(alert.id);
                if (m_id == alert.id)
                    m_ui->comment->clear();
            }
            put(alert, study);
        });
}

void AlertDetail::setAlert(const model::Alert* alert)
{
    m_ui->card->setVisible(alert != nullptr);
    m_ui->nothing->setVisible(alert == nullptr);
    if (!alert) {
        m_id = {};
        m_named = {};
        m_names.clear();
        return;
    }
    const bool isAnother = std::exchange(m_id, alert->id) != alert->id;
    m_home = alert->origin.location;
    const words::Word severity = words::severity(alert->severity);
    const words::Word state = words::alertState(alert->life.state);
    m_ui->severity->setState(severity.text, severity.tone);
    m_ui->state->setState(state.text, state.tone);
    m_ui->text->setText(alert->text);
    if (isAnother)
        m_ui->comment->setText(m_workspace.drafts().noteOn(m_id).text);
    const QTimeZone zone = words::zoneOf(alert->origin.timeZone);
    QStringList facts{Pages::tr("%1, since %2").arg(alert->origin.locationName, words::moment(alert->life.at, zone))};
    if (!alert->origin.scriptName.isEmpty())
        facts.append(Pages::tr("Script: %1").arg(alert->origin.scriptName));
    if (!alert->origin.deviceKey.isEmpty())
        facts.append(Pages::tr("Device: %1").arg(alert->origin.deviceKey));
    if (const auto until = alert->life.snoozedUntil; until && *until > SystemClock().now())
        facts.append(Pages::tr("Snoozed until %1").arg(words::moment(until, zone)));
    m_ui->facts->setText(facts.join(u'\n'));
    const bool may = m_workspace.me().mayCoordinate(alert->origin.deployment);
    for (QWidget* button : std::initializer_list<QWidget*>{m_ui->snooze, m_ui->resolve, m_ui->dismiss})
        button->setVisible(may && alert->isOpen());
    m_ui->acknowledge->setVisible(may && alert->life.state == model::AlertState::Open);
    m_ui->comment->setVisible(may);
    m_ui->addComment->setVisible(may);
    showActions(*alert, may);
    showHistory(*alert);
    loadNames();
}

void AlertDetail::loadNames()
{
    if (!m_workspace.me().account.maySeeNames || std::exchange(m_named, m_home) == m_home)
        return;
    m_names.clear();
    whenDone(this, m_workspace.community().home(m_home), [this, home = m_home](const Result<model::Home>& answer) {
        if (home != m_named)
            return;
        if (!answer) {
            m_named = {}; // asked for again with the next alert; the codes say it meanwhile
            if (answer.error().code == ErrorCode::CannotParse)
                m_notices->showError(answer.error());
            return;
        }
        for (const model::Participant& one : answer->participants)
            m_names.insert(u"participant:%1"_s.arg(one.id.value), one.label());
        for (const model::Device& one : answer->devices)
            m_names.insert(u"device:%1"_s.arg(one.id.value), one.label());
        if (const model::Alert* alert = m_alerts.at(m_alerts.find(m_id.value)))
            showHistory(*alert);
    });
}

void AlertDetail::showActions(const model::Alert& alert, bool mayAct)
{
    qDeleteAll(m_ui->actions->findChildren<QPushButton*>());
    for (const model::AlertAction& action : alert.actions) {
        auto* button = new QPushButton(QString(action.text).replace(u'&', u"&&"_s));
        if (action.device)
            button->setIcon(icon(u"command"_s));
        button->setEnabled(mayAct && alert.isOpen());
        button->setToolTip(plainToolTip(action.device ? Pages::tr("Sends a command to %1").arg(action.deviceKey)
                                                      : Pages::tr("Answers the script; no device does anything")));
        connect(button, &QPushButton::clicked, this,
                [this, button, action, home = alert.origin.locationName] { take(button, action, home); });
        m_ui->actions->layout()->addWidget(button);
    }
    m_ui->actions->setVisible(!alert.actions.isEmpty());
}

// Asked once where it sets what may do harm, as a command from the home's page is.
void AlertDetail::take(QPushButton* button, const model::AlertAction& action, const QString& home)
{
    // A change of the alert makes its buttons anew while the question stands.
    const auto act = [this, button = QPointer<QWidget>(button), id = m_id, action = action.id] {
        performBy(
            button, m_notices, [this, id, action] { return m_alerts.act(id, action); },
            [this, study = m_workspace.deployment()](const model::Alert& changed) { put(changed, study); });
    };
    if (!action.device) // an answer alone
        return act();
    confirmCommand(
        this, m_workspace, action.deviceType, action.parameters,
        {Pages::tr("Set %1 of “%2”?").arg(commandText(action.parameters), action.deviceKey), home, action.text}, act);
}

void AlertDetail::showHistory(const model::Alert& alert)
{
    struct Line
    {
        Timestamp at;
        QString text;
    };
    QList<Line> lines{{alert.life.createdAt, Pages::tr("The alert was raised")}};
    for (const model::AlertRecipient& one : alert.recipients) {
        const QString name = m_names.value(u"participant:%1"_s.arg(one.participant.value), one.code);
        if (one.deliveredAt)
            lines.append({*one.deliveredAt, Pages::tr("Shown to %1").arg(name)});
        else
            lines.append({one.dueAt, Pages::tr("Goes to %1").arg(name)});
    }
    for (const model::AlertAnswer& one : alert.answers)
        lines.append({one.at, answerText(alert, one, m_names.value(one.actor, one.actorName))});
    if (!alert.isOpen() && alert.life.stateAt && std::none_of(alert.answers.begin(), alert.answers.end(), endsIt))
        lines.append({*alert.life.stateAt, endText(alert)});
    for (const model::Command& one : alert.commands) {
        const QString outcome = words::commandOutcome(one.life);
        lines.append(
            {one.life.createdAt, Pages::tr("Command to %1 (%2): %3")
                                         .arg(m_names.value(u"device:%1"_s.arg(one.device.value), one.deviceKey),
                                              commandText(one.parameters), words::commandState(one.life.state).text) +
                                     (outcome.isEmpty() ? outcome : u" ("_s + outcome + u')')});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    m_ui->history->clear();
    const QTimeZone zone = words::zoneOf(alert.origin.timeZone);
    for (const Line& line : std::as_const(lines))
        m_ui->history->addItem(words::moment(line.at, zone) + u"  "_s + line.text);
}

} // namespace cohort::console
