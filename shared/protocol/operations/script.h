// Operations: composer's scripts and their library. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/page.h"
#include "shared/model/run.h"
#include "shared/model/script.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

using Helpers = QMap<QString, QString>; // module → source

struct LibraryList
{
    using Answer = model::Page<model::LibraryScript>;
    static constexpr const char* Name = "library.list";

    std::optional<DeploymentId> deployment;
};
template <typename V, Of<LibraryList> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Whose homes to judge.");
}

struct LibraryInstall
{
    using Answer = model::Script;
    static constexpr const char* Name = "library.install";

    DeploymentId deployment;
    QString name;
    std::optional<QString> scriptName;
    std::optional<QJsonObject> parameters;
    std::optional<QList<LocationId>> locations;
    std::optional<bool> deploy;
};
template <typename V, Of<LibraryInstall> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "In which deployment.");
    visit("name", wanted.name, "Its name in the library.", characters(1, NameCharactersMost));
    visit("scriptName", wanted.scriptName, "What to call it here; its title where it is left out.",
          characters(1, NameCharactersMost));
    visit("parameters", wanted.parameters, "Values of its parameters.", entries(0, 100));
    visit("locations", wanted.locations, "In which homes; all where it is left out.", entries(1, 1'000));
    visit("deploy", wanted.deploy, "Whether it begins at once.");
}

struct ScriptCreate
{
    using Answer = model::CreatedScript;
    static constexpr const char* Name = "script.create";

    DeploymentId deployment;
    QString name;
    std::optional<QString> source;
    std::optional<QString> comment;
};
template <typename V, Of<ScriptCreate> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "In which deployment.");
    visit("name", wanted.name, "Its name.", characters(1, NameCharactersMost));
    visit("source", wanted.source, "Its first version.", characters(0, ScriptBytesMost).secret());
    visit("comment", wanted.comment, "A note on the version.", characters(0, NoteCharactersMost));
}

struct ScriptList
{
    using Answer = model::Page<model::Script>;
    static constexpr const char* Name = "script.list";

    DeploymentId deployment;
    std::optional<int> limit;
    std::optional<ScriptId> after;
};
template <typename V, Of<ScriptList> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Of which deployment.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct ScriptGet
{
    using Answer = model::ScriptDetail;
    static constexpr const char* Name = "script.get";

    ScriptId id;
};
template <typename V, Of<ScriptGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct ScriptVersions
{
    using Answer = model::Page<model::ScriptVersion>;
    static constexpr const char* Name = "script.versions";

    ScriptId id;
};
template <typename V, Of<ScriptVersions> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct ScriptVersionGet
{
    using Answer = model::ScriptVersionText;
    static constexpr const char* Name = "script.version";

    VersionId id;
};
template <typename V, Of<ScriptVersionGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct ScriptCheck
{
    using Answer = model::CheckResult;
    static constexpr const char* Name = "script.check";

    QString source;
    std::optional<Helpers> helpers;
};
template <typename V, Of<ScriptCheck> T>
void fields(V& visit, T& wanted)
{
    visit("source", wanted.source, "The script's text.", characters(0, ScriptBytesMost).secret());
    visit("helpers", wanted.helpers, "Its helper modules: name and text.", entries(0, HelpersMost).secret());
}

struct ScriptSaveVersion
{
    using Answer = model::SavedVersion;
    static constexpr const char* Name = "script.saveVersion";

    ScriptId id;
    QString source;
    std::optional<Helpers> helpers;
    std::optional<QString> comment;
    std::optional<int> baseVersion;
};
template <typename V, Of<ScriptSaveVersion> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("source", wanted.source, "The script's text.", characters(0, ScriptBytesMost).secret());
    visit("helpers", wanted.helpers, "Its helper modules: name and text.", entries(0, HelpersMost).secret());
    visit("comment", wanted.comment, "A note on the version.", characters(0, NoteCharactersMost));
    visit("baseVersion", wanted.baseVersion, "The version that was edited: a conflict where there is a newer one.",
          between(0, 1'000'000));
}

struct ScriptDeploy
{
    using Answer = model::Script;
    static constexpr const char* Name = "script.deploy";

    ScriptId id;
    std::optional<int> version;
    std::optional<QList<LocationId>> locations;
    model::ScriptMode mode = model::ScriptMode::Live;
};
template <typename V, Of<ScriptDeploy> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("version", wanted.version, "Which version; the newest where it is left out.", between(1, 1'000'000));
    visit("locations", wanted.locations, "In which homes; all where it is left out.", entries(1, 1'000));
    visit("mode", wanted.mode, "Whether what it does happens, or is only recorded.");
}

struct ScriptPause
{
    using Answer = model::Script;
    static constexpr const char* Name = "script.pause";

    ScriptId id;
    std::optional<QList<LocationId>> locations;
};
template <typename V, Of<ScriptPause> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("locations", wanted.locations, "In which homes; all where it is left out.", entries(1, 1'000));
}

struct ScriptResume
{
    using Answer = model::Script;
    static constexpr const char* Name = "script.resume";

    ScriptId id;
    std::optional<QList<LocationId>> locations;
};
template <typename V, Of<ScriptResume> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("locations", wanted.locations, "In which homes; all where it is left out.", entries(1, 1'000));
}

struct ScriptRollback
{
    using Answer = model::Script;
    static constexpr const char* Name = "script.rollback";

    ScriptId id;
    int version = 0;
};
template <typename V, Of<ScriptRollback> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("version", wanted.version, "To which version.", between(1, 1'000'000));
}

struct ScriptUndeploy
{
    using Answer = model::Script;
    static constexpr const char* Name = "script.undeploy";

    ScriptId id;
    std::optional<QList<LocationId>> locations;
    std::optional<model::ScriptMode> mode;
};
template <typename V, Of<ScriptUndeploy> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("locations", wanted.locations, "Off which homes; off all where it is left out.", entries(1, 1'000));
    visit("mode", wanted.mode, "Only what runs live or in shadow; both where it is left out.");
}

struct ScriptRetire
{
    using Answer = model::Nothing;
    static constexpr const char* Name = "script.retire";

    ScriptId id;
};
template <typename V, Of<ScriptRetire> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct ScriptDiff
{
    using Answer = model::ScriptDiff;
    static constexpr const char* Name = "script.diff";

    ScriptId id;
    int from = 0;
    int to = 0;
};
template <typename V, Of<ScriptDiff> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("from", wanted.from, "The first version.", between(1, 1'000'000));
    visit("to", wanted.to, "The second version.", between(1, 1'000'000));
}

struct ScriptSetParameters
{
    using Answer = model::Script;
    static constexpr const char* Name = "script.setParameters";

    ScriptId id;
    std::optional<LocationId> location;
    QJsonObject values;
    std::optional<QJsonObject> base = {};
};
template <typename V, Of<ScriptSetParameters> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("location", wanted.location, "For which home; all where it is left out.");
    visit("values", wanted.values, "Values by the parameters' names.", entries(0, 100));
    visit("base", wanted.base,
          "The values that were set when they were read; where others are set now, nothing is changed: conflict.",
          entries(0, 100));
}

struct ScriptRuns
{
    using Answer = model::RunPage;
    static constexpr const char* Name = "script.runs";

    ScriptId id;
    std::optional<LocationId> location;
    std::optional<int> limit;
    std::optional<RunId> before;
};
template <typename V, Of<ScriptRuns> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("location", wanted.location, "Only those in this home.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("before", wanted.before, "Only those before this run.");
}

} // namespace cohort::protocol
