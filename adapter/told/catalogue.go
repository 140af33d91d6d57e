package told

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// The codes of calls and runs.
const (
	CodePopped      = "pop.record"
	CodeForm        = "pop.form"
	CodeList        = "pop.list"
	CodePage        = "pop.page"
	CodeOrgFlow     = "pop.flow"
	CodeClicked     = "pop.clicked"
	CodeChosen      = "pop.chosen"
	CodeNoRecord    = "match.none"
	CodeSeveral     = "match.several"
	CodeSingle      = "match.single"
	CodeDiffers     = "match.differs"
	CodeUnsure      = "match.unsure"
	CodeUnsearched  = "match.unsearched"
	CodeUnsearchedS = "match.unsearchedSpent"
	CodeOnlySearch  = "match.searchOnly"
	CodeWithheld    = "match.withheld"
	CodeNoFlow      = "run.noFlow"
	CodeFlowBroken  = "run.flowBroken"
	CodeBroken      = "run.recordBroken"
	CodeFailed      = "run.failed"
	CodeFailedPlain = "run.failedPlain"
	CodeTooLong     = "run.tooLong"
	CodePartial     = "run.partial"
	CodeNoPop       = "run.noPop"
	CodePageAway    = "away.page"
	CodeNoTab       = "away.noTab"
	CodeOut         = "away.signedOut"
	CodeOutStill    = "away.signedOutStill"
	CodeLate        = "away.late"
	CodeTabSilent   = "away.tabSilent"
	CodeConsole     = "away.consoleSilent"
	CodeBound       = "refused.bound"
	CodeSignIn      = "wait.signIn"
	CodeOrgAway     = "wait.orgAway"
	CodeAPISpent    = "wait.apiSpent"
	CodeWait        = "wait.time"
	CodeUnderWay    = "wait.underWay"
	CodeGivenUp     = "givenUp"
	CodeOutbound    = "nothing.outbound"
	CodeNothing     = "nothing.run"
	CodeDamaged     = "nothing.damaged"
	CodeNote        = "run.note"

	CodeStoreDamaged = "store.damaged"
	CodeStoreFull    = "store.full"
	CodeStoreAway    = "store.away"
	CodeStoreLow     = "store.low"
	CodeAPILow       = "org.apiLow"
)

// english is the catalogue: by code, the sentence with its arguments in braces. An argument whose name ends with At is a time.
// Rooms that find reasons by themselves have the sentences beside their codes: numbers, and the flow language.
var english = merged(ofCalls, ofPresence, ofPage, ofBoth, number.Sentences, ofFlows())

// OfFlow begins the codes of what is found in flows, which are the language's own behind it.
const OfFlow = "flow."

func ofFlows() map[string]string {
	all := map[string]string{}
	for code, sentence := range flow.Sentences {
		all[OfFlow+string(code)] = sentence
	}
	return all
}

// ofCalls is what /admin, the command line and the logs say of calls and runs.
var ofCalls = map[string]string{
	CodePopped:      "{record} popped.",
	CodeForm:        "No record has {number}: the form for a new record opened, as the softphone layout says.",
	CodeList:        "The console's search page opened, as the softphone layout says: {n} fit {number}.",
	CodePage:        "The softphone layout opens a page of its own for {n} that fit {number}, and it opened.",
	CodeOrgFlow:     "The softphone layout starts a flow of the org for {n} that fit {number}, and it started.",
	CodeClicked:     "Nothing more popped: the agent clicked the number on a record, which is open.",
	CodeChosen:      "{n} have {number}: the agent was asked to choose, and chose {record}.",
	CodeNoRecord:    "No record has {number}, and the softphone layout opens nothing then.",
	CodeSeveral:     "{n} have {number} and the softphone layout says don't pop: the agent was asked to choose, and has not.",
	CodeSingle:      "{n} has {number}, and the softphone layout says don't pop then.",
	CodeDiffers:     "{n} turned up in the search, but their numbers are not {number}, so nothing popped: correct the records' numbers.",
	CodeUnsure:      "{n} turned up in the search, but the org did not tell whether their numbers are {number} ({cause}): nothing pops then.",
	CodeUnsearched:  "Nobody was found as {number} is written, and the org could not be asked for its other forms ({cause}).",
	CodeUnsearchedS: "Nobody was found as {number} is written, and its other forms were not asked for: the org's API allowance is used up.",
	CodeOnlySearch:  "The flow {flow} only searched ({n} fit {number}): it is set to pop nothing.",
	CodeWithheld:    "The caller withheld the number, so there was nothing to search for.",
	CodeNoFlow:      "No CTI flow is active for this: {problem}.",
	CodeFlowBroken:  "A CTI flow is broken: {problem}.",
	CodeBroken:      "The AC CTI Adapter record is broken: {problem}.",
	CodeFailed:      "The flow {flow} failed at {block}: {problem}.",
	CodeFailedPlain: "The flow {flow} failed: {problem}.",
	CodeTooLong:     "The flow {flow} ran for more than {seconds} seconds and was stopped, at {block}.",
	CodePartial:     "The flow {flow} came to its end, but failed on the way at {block}: {problem}.",
	CodeNoPop:       "The flow {flow} ran to its end, and pops nothing.",
	CodePageAway:    "The agent's page was not connected from {fromAt} to {toAt}: what it told came too late to pop.",
	CodeNoTab:       "No console tab of the agent was connected from {fromAt} to {toAt}: nothing could pop.",
	CodeOut:         "The agent was signed out from {fromAt} to {toAt}: nothing could pop.",
	CodeOutStill:    "The agent was signed out at {fromAt} and has not signed in again: nothing could pop.",
	CodeLate:        "It came too late: the call was over, or five minutes had passed, before the record could pop.",
	CodeTabSilent:   "The agent's console tab did not answer: {problem}.",
	CodeConsole:     "The agent's console tab hung: it did not answer {asked} in time, so nothing popped.",
	CodeBound: "The softphone was signed in to the contact centre as another user than the one this agent is bound to: {problem}. " +
		"An administrator can release the binding under Health.",
	CodeSignIn: "It waits until the agent signs in. If Salesforce refuses that, the agent lacks a permission set of the package, " +
		"such as AC_Agent.",
	CodeOrgAway:      "The org does not answer: it is tried again at {againAt}.",
	CodeAPISpent:     "The org's API allowance of 24 hours is used up: it is tried again at {againAt}.",
	CodeWait:         "It did not succeed yet ({problem}) and is tried again at {againAt}.",
	CodeUnderWay:     "It is under way.",
	CodeGivenUp:      "It was tried until there was no more sense in it, and given up: {problem}. It can be tried again under Waiting.",
	CodeOutbound:     "An outbound call pops nothing by itself, and no flow was to run.",
	CodeNothing:      "No flow was to run for what happened.",
	CodeDamaged:      "What was kept of this call cannot be read: the data folder is damaged.",
	CodeNote:         "{problem}.",
	CodeStoreDamaged: "The data folder is damaged: restore {file} from a backup, or begin a new one.",
	CodeStoreFull: "Nothing can be kept: {file} cannot be written to. Make room on its disk; the softphones keep what they tell " +
		"until there is.",
	CodeStoreAway: "Nothing can be kept: {file} does not answer, or takes nothing. See to the server; the softphones keep what they tell " +
		"until it does.",
	CodeStoreLow: "The disk of {file} is nearly full: {free} are left.",
	CodeAPILow:   "The org's API allowance of 24 hours runs out: {used} of {max} requests are used. At 95 % only Tasks are written.",
}

// Knows says whether a code is in the catalogue.
func Knows(code string) bool {
	_, ok := english[code]
	return ok
}

// English is the sentence of a code; an unknown one says itself.
func English(code string, args map[string]string) string {
	template, ok := english[code]
	if !ok {
		return code
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		out.WriteString(argument(name, args[name]))
		template = after
	}
	text := out.String()
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// argument is a value as a sentence has it: a time in hours and minutes, everything else as it is.
func argument(name, value string) string {
	if !strings.HasSuffix(name, "At") {
		return value
	}
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	return at.UTC().Format("15:04:05") + " UTC"
}
