#include "console/pages/alert_detail.h"

#include "console/models/home_tables.h"
#include "console/models/words.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_alert_detail.h"

#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QString textOf(const Command& command)
{
    QStringList parts;
    for (const CommandParameter& parameter : command.parameters)
        parts.append(parameter.name + u" = "_s + words::value(parameter.value, {}));
    return parts.join(u", "_s);
}

} // namespace

AlertDetail::AlertDetail(Workspace& workspace, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_notices(notices), m_ui(std::make_unique<Ui::AlertDetail>())
{
    m_ui->setupUi(this);
    new QVBoxLayout(m_ui->actions);
    m_ui->actions->layout()->setContentsMargins(0, 0, 0, 0);
    m_ui->snooze->setIcon(icon(u"clock"_s));
    auto* menu = new QMenu(this);
    for (const int minutes : {15, 60, 240, 1440}) {
        const QString text =
            minutes < 60 ? Pages::tr("%n minute(s)", nullptr, minutes) : Pages::tr("%n hour(s)", nullptr, minutes / 60);
        connect(menu->addAction(text), &QAction::triggered, this, [this, minutes] {
            change([this, minutes] { return alerts::acknowledge(m_workspace.client(), m_id, minutes); });
        });
    }
    m_ui->snooze->setMenu(menu);
    connect(m_ui->acknowledge, &QPushButton::clicked, this,
            [this] { change([this] { return alerts::acknowledge(m_workspace.client(), m_id, 0); }); });
    connect(m_ui->resolve, &QPushButton::clicked, this,
            [this] { change([this] { return alerts::resolve(m_workspace.client(), m_id); }); });
    connect(m_ui->dismiss, &QPushButton::clicked, this,
            [this] { change([this] { return alerts::dismiss(m_workspace.client(), m_id); }); });
    const auto addComment = [this] {
        const QString text = m_ui->comment->text().trimmed();
        if (!text.isEmpty())
            change([this, text] { return alerts::comment(m_workspace.client(), m_id, text); });
    };
    connect(m_ui->addComment, &QPushButton::clicked, this, addComment);
    connect(m_ui->comment, &QLineEdit::returnPressed, this, addComment);
    connect(m_ui->openHome, &QPushButton::clicked, this, [this] { Q_EMIT openHome(m_home); });
    setAlert(nullptr);
}

AlertDetail::~AlertDetail() = default;

void AlertDetail::change(const std::function<QFuture<Result<Alert>>()>& ask)
{
    perform(m_notices, ask, [this](const Alert& alert) {
        m_ui->comment->clear();
        Q_EMIT answered(alert);
    });
}

void AlertDetail::setAlert(const Alert* alert)
{
    m_ui->card->setVisible(alert != nullptr);
    m_ui->nothing->setVisible(alert == nullptr);
    if (!alert) {
        m_id = {};
        return;
    }
    if (m_id != alert->id)
        m_ui->comment->clear();
    m_id = alert->id;
    m_home = alert->location;
    const words::Word severity = words::severity(alert->severity);
    const words::Word state = words::alertState(alert->state);
    m_ui->severity->setState(severity.text, severity.tone);
    m_ui->state->setState(state.text, state.tone);
    m_ui->text->setText(alert->text);
    QStringList facts{Pages::tr("%1, since %2").arg(alert->locationName, words::momentHere(alert->at))};
    if (!alert->scriptName.isEmpty())
        facts.append(Pages::tr("Script: %1").arg(alert->scriptName));
    if (!alert->deviceKey.isEmpty())
        facts.append(Pages::tr("Device: %1").arg(alert->deviceKey));
    if (alert->snoozedUntil.isValid() && alert->snoozedUntil > QDateTime::currentDateTimeUtc())
        facts.append(Pages::tr("Snoozed until %1").arg(words::momentHere(alert->snoozedUntil)));
    m_ui->facts->setText(facts.join(u'\n'));
    const bool may = m_workspace.me().mayCoordinate(alert->deployment);
    for (QWidget* button : std::initializer_list<QWidget*>{m_ui->snooze, m_ui->resolve, m_ui->dismiss})
        button->setVisible(may && alert->isOpen());
    m_ui->acknowledge->setVisible(may && alert->state == "open"_L1);
    m_ui->comment->setVisible(may);
    m_ui->addComment->setVisible(may);
    showActions(*alert, may);
    showHistory(*alert);
}

void AlertDetail::showActions(const Alert& alert, bool mayAct)
{
    qDeleteAll(m_ui->actions->findChildren<QPushButton*>());
    for (const AlertAction& action : alert.actions) {
        auto* button = new QPushButton(icon(u"command"_s), QString(action.text).replace(u'&', u"&&"_s));
        button->setEnabled(mayAct && alert.isOpen());
        button->setToolTip(Pages::tr("Sends a command to %1").arg(action.deviceKey).toHtmlEscaped());
        connect(button, &QPushButton::clicked, this,
                [this, id = action.id] { change([this, id] { return alerts::act(m_workspace.client(), m_id, id); }); });
        m_ui->actions->layout()->addWidget(button);
    }
    m_ui->actions->setVisible(!alert.actions.isEmpty());
}

void AlertDetail::showHistory(const Alert& alert)
{
    struct Line
    {
        QDateTime at;
        QString text;
    };
    QList<Line> lines{{alert.createdAt, Pages::tr("The alert was raised")}};
    for (const AlertRecipient& one : alert.recipients) {
        if (one.deliveredAt.isValid())
            lines.append({one.deliveredAt, Pages::tr("Shown to %1").arg(one.code)});
        else
            lines.append({one.dueAt, Pages::tr("Goes to %1").arg(one.code)});
    }
    for (const AlertAnswer& one : alert.answers) {
        QString text = words::actor(one.actor) + u' ' + words::alertAnswer(one.answer);
        if (!one.action.isEmpty())
            text += u": "_s + one.action;
        if (!one.comment.isEmpty())
            text += u": "_s + one.comment;
        lines.append({one.at, text});
    }
    for (const Command& one : alert.commands) {
        const QString outcome = words::commandOutcome(one.state, one.sentAt.isValid(), one.result);
        lines.append(
            {one.createdAt,
             Pages::tr("Command to %1 (%2): %3").arg(one.deviceKey, textOf(one), words::commandState(one.state).text) +
                 (outcome.isEmpty() ? outcome : u" ("_s + outcome + u')')});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    m_ui->history->clear();
    for (const Line& line : std::as_const(lines))
        m_ui->history->addItem(words::momentHere(line.at) + u"  "_s + line.text);
}

} // namespace cohort::console
