#include "server/composer/running/loop.h"

#include <QStringList>

#include <algorithm>

namespace cohort::composer {

std::vector<InstanceEntryPtr> scriptsOfLoop(const std::vector<InstanceEntryPtr>& ofHome, const InstanceEntryPtr& found,
                                            ScriptId sender, Timestamp now)
{
    std::vector<InstanceEntryPtr> scripts{found};
    if (found->key.mode != Mode::Live)
        return scripts;
    for (const InstanceEntryPtr& one : ofHome) {
        const auto& chained = one->work.chained;
        const bool isRecent = chained && *chained <= now && now - *chained <= ChainRemembered;
        if (one != found && one->key.mode == Mode::Live && (one->key.script == sender || isRecent))
            scripts.push_back(one);
    }
    std::sort(scripts.begin(), scripts.end(),
              [](const InstanceEntryPtr& a, const InstanceEntryPtr& b) { return a->key.script < b->key.script; });
    return scripts;
}

QString wordsOfLoop(const std::vector<InstanceEntryPtr>& scripts, const QString& handler, const QString& event)
{
    QStringList titles;
    for (const InstanceEntryPtr& one : scripts)
        titles.append(QStringLiteral("'%1'").arg(QString::fromStdString(one->version->manifest->title)));
    const QString among =
        scripts.size() < 2 ? QString() : QStringLiteral(" among the scripts %1").arg(titles.join(QStringLiteral(", ")));
    return QStringLiteral(
               "facts or signals follow each other for ever%1: from one measurement came so many that %2() was not "
               "called for %3 any more; let none lead back to itself")
        .arg(among, handler, event);
}

} // namespace cohort::composer
