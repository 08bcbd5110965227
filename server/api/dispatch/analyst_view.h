// What an analyst gets to see of an answer or a notification: homes and rooms under their codes, of alerts key, severity,
// state and times, «text» in place of what people wrote or read. Thread: any. Owner: nobody.
// Flow: handler, live → here → JSON. Source: study.md, "Operators' rights". Who shows a new text adds it to hide().
#pragma once

#include "shared/model/alert.h"
#include "shared/model/device.h"
#include "shared/model/measurement.h"
#include "shared/model/participant.h"
#include "shared/model/run.h"
#include "shared/model/script.h"
#include "shared/model/server.h"

#include <concepts>
#include <functional>

namespace cohort::api {

// What stands for what people wrote.
inline const QString HiddenText = QStringLiteral("«text»");
// A home's code: H-12.
QString homeCode(LocationId location);

void hide(model::Room& room);
void hide(model::Location& location);
void hide(model::ParticipantRole& role);
void hide(model::DevicePlace& place);
void hide(model::Device& device);
void hide(model::LeftStream& left);
void hide(model::AlertOrigin& origin);
void hide(model::Alert& alert);
void hide(model::Command& command);
void hide(model::TimelineEntry& entry);
void hide(model::Run& run);
void hide(model::ScriptDeployment& placed);
void hide(model::ScriptFigures& figures);
void hide(model::ScriptInstance& instance);
void hide(model::Suitability& home);

template <typename T>
concept Hidable = requires(T& noun)
{
    hide(noun);
};

// In which deployment a noun is that says so: a list over several studies shows each row by the rights in its own.
template <typename T>
DeploymentId studyOf(const T& noun)
{
    if constexpr (requires { noun.origin.deployment; })
        return noun.origin.deployment;
    else if constexpr (requires { noun.place.deployment; })
        return noun.place.deployment;
    else if constexpr (requires {
                           requires std::same_as<std::remove_cvref_t<decltype(noun.deployment)>, DeploymentId>;
                       })
        return noun.deployment;
    else
        return {};
}

// Goes through every part of a noun by its fields(), but for what is of a study whose texts may be seen.
class AnalystView
{
public:
    using MaySee = std::function<bool(DeploymentId)>;
    explicit AnalystView(MaySee maySee = {}) : m_maySee(std::move(maySee)) {}
    template <typename T>
    void operator()(const char* /*name*/, T& member, const char* /*prose*/, model::Rule = {})
    {
        visit(member);
    }
    template <typename T>
    void flat(T& member)
    {
        visit(member);
    }
    template <typename T>
    void visit(T& member)
    {
        if (const DeploymentId study = studyOf(member); study && m_maySee && m_maySee(study))
            return;
        if constexpr (Hidable<T>)
            hide(member);
        if constexpr (requires { fields(*this, member); })
            fields(*this, member);
    }
    template <typename T>
    void visit(std::optional<T>& member)
    {
        if (member)
            visit(*member);
    }
    template <typename T>
    void visit(QList<T>& members)
    {
        for (T& member : members)
            visit(member);
    }
    template <typename T>
    void visit(QMap<QString, T>& members)
    {
        for (T& member : members)
            visit(member);
    }

private:
    const MaySee m_maySee;
};

template <typename T>
void hideFromAnalyst(T& answer, AnalystView::MaySee maySee = {})
{
    AnalystView view(std::move(maySee));
    view.visit(answer);
}

} // namespace cohort::api
