// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace coracle;

namespace {

const cli::CompletedVerb* find(const std::vector<cli::CompletedVerb>& verbs, const std::string& words) {
    const auto found =
        std::find_if(verbs.begin(), verbs.end(), [&](const auto& verb) { return verb.words == words; });
    return found == verbs.end() ? nullptr : &*found;
}

bool hasOption(const cli::CompletedVerb& verb, const std::string& name) {
    return std::any_of(verb.description.options.begin(), verb.description.options.end(),
                       [&](const auto& option) {
                           const auto names = cli::CompletedVerb::namesOf(option);
                           return std::find(names.begin(), names.end(), name) != names.end();
                       });
}

}  // namespace

class TestCompletion : public QObject {
    Q_OBJECT
private slots:
    void everyShownVerbDescribesItself() {
        const auto verbs = cli::describeVerbs();
        QVERIFY(verbs.size() > 40);
        for (const auto& verb : verbs) {
            QVERIFY2(verb.description.name == "coracle " + verb.words, verb.words.c_str());
            QVERIFY2(!verb.description.summary.empty(), verb.words.c_str());
            for (const auto& option : verb.description.options) {
                QVERIFY2(!option.help.empty() && option.names.starts_with("-"), option.names.c_str());
            }
        }
    }
    void knowsOptionsAndWhatIsNamed() {
        const auto verbs = cli::describeVerbs();
        const auto* ps = find(verbs, "container ls");
        QVERIFY(ps != nullptr && hasOption(*ps, "-a") && hasOption(*ps, "--all"));
        const auto* run = find(verbs, "run");
        QVERIFY(run != nullptr && hasOption(*run, "--publish") && hasOption(*run, "-p"));
        QVERIFY(run->object == cli::CompletedObject::Image);
        QVERIFY(find(verbs, "rm")->object == cli::CompletedObject::Container);
        QVERIFY(find(verbs, "volume rm")->object == cli::CompletedObject::Volume);
        QVERIFY(find(verbs, "inspect")->object == cli::CompletedObject::Any);
        QVERIFY(find(verbs, "container cleanup") == nullptr);
    }
    void scriptsNameEveryVerb() {
        const auto verbs = cli::describeVerbs();
        const auto bash = cli::bashCompletion(verbs);
        const auto zsh = cli::zshCompletion(verbs);
        const auto fish = cli::fishCompletion(verbs);
        for (const auto& verb : verbs) {
            QVERIFY2(bash.find("'" + verb.words + "') echo '") != std::string::npos, verb.words.c_str());
            QVERIFY2(zsh.find("'" + verb.words + "')") != std::string::npos, verb.words.c_str());
            QVERIFY2(fish.find("__coracle_is \"" + verb.words + "\"") != std::string::npos,
                     verb.words.c_str());
        }
        QVERIFY(zsh.starts_with("#compdef coracle\n"));
    }
    void manualHasAPageForEachSpelling() {
        const auto verbs = cli::describeVerbs();
        const auto pages = cli::manualPages(verbs);
        QCOMPARE(pages.size(), verbs.size() + 1);
        for (const auto& page : pages) {
            QVERIFY2(page.text.starts_with(".TH ") || page.text.starts_with(".so man1/"),
                     page.fileName.c_str());
            QVERIFY2(!QString::fromStdString(page.text).contains(
                         QRegularExpression("^\\.[^A-Zsbr]", QRegularExpression::MultilineOption)),
                     page.fileName.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestCompletion)
#include "test_completion.moc"
