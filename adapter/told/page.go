package told

import (
	"maps"

	"github.com/patchcord/patchcord/adapter/number"
)

// ofPage is what a softphone page says, by code. The page's own copy is generated from it: an adapter and a page of one version know the
// same codes.
var ofPage = map[string]string{
	"page.signIn":      "Sign in to CCP",
	"page.signInAgain": "Sign in again",
	"page.openSound":   "Open window",
	"page.dismiss":     "Dismiss",
	"page.out":         "Not signed in to Amazon Connect",
	"page.resuming":    "Opening the Contact Control Panel",
	"page.window":      "Finish signing in in the window that has opened",
	"page.storage":     "Amazon Connect asks for its cookies: sign in in the window, then choose Grant access and allow it",
	"page.in":          "Signed in",
	"page.inAs":        "Signed in as {name}",

	"bar.phone":    "Phone",
	"bar.ringing":  "Incoming call {who}",
	"bar.calling":  "Calling {who}",
	"bar.onCall":   "On a call {who}",
	"bar.wrapUp":   "After-call work {who}",
	"bar.missed":   "Missed call {who}",
	"bar.failed":   "Call failed {who}",
	"bar.silent":   "No sound {who}",
	"bar.withheld": "(number withheld)",

	"caller.region":     "Caller",
	"caller.hidden":     "Number withheld",
	"caller.newContact": "New contact",
	"caller.why":        "What happened?",
	"caller.whyOpens":   "What happened? Opens in a new tab",

	"choice.title":   "Search results",
	"choice.found":   "{n} records match this call",
	"choice.listed":  "{n} records match this call; {listed} are listed",
	"choice.atLeast": "{n} records or more match this call; {listed} are listed",

	"keys.button":  "Shortcuts",
	"keys.title":   "Keyboard shortcuts",
	"keys.accept":  "Answer the call",
	"keys.end":     "End the call",
	"keys.answers": "{keys} answers",
	"keys.ends":    "{keys} ends the call",
	"keys.off":     "Off",
	"keys.change":  "Change",
	"keys.turnOff": "Turn off",
	"keys.press":   "Press the keys…",
	"keys.reset":   "As delivered",
	"keys.close":   "Close",
	"keys.where":   "They work while the focus is in this panel, but not in Amazon Connect's part of it.",
	"keys.plain":   "Take Ctrl, Alt or ⌘ with a key, or a function key: single letters would answer calls while somebody types.",
	"keys.taken":   "These keys do the other thing already. Choose others.",

	"link.away":      "Patchcord adapter is not reachable. Calls still work; records will not pop until it is back.",
	"link.signedOut": "Your Patchcord session has ended. Calls still work; sign in again so that records pop.",
	"link.otherUser": "You are signed in to Salesforce as somebody else than this page was made for. Calls still work; records " +
		"will not pop. Reload the page.",
	"link.pageOlder": "This softphone (version {page}) is older than the adapter (version {adapter}). Calls still work; records will not " +
		"pop. Reload the page; if it stays so, ask your administrator to deploy the package again.",
	"link.adapterOlder": "The adapter (version {adapter}) is older than this softphone (version {page}). Calls still work; records will " +
		"not pop. Reload the page; if it stays so, ask your administrator to update the adapter.",
	"link.versionsApart": "This softphone and the adapter do not fit together. Calls still work; records will not pop. Reload " +
		"the page; if it stays so, ask your administrator to update the adapter and to deploy its package.",
	"link.unnamed": "The adapter is not configured. Ask your administrator to set it in Toolkit for Amazon Connect.",
	"link.adapterFull": "The adapter has no room for more events at the moment. Keep this page open: they are sent as soon as there is " +
		"room.",
	"link.browserFull": "This browser has no room for more events: what happens in new calls is not logged until the adapter is reachable " +
		"again. Tell your administrator.",

	"sound.network": "You and the caller cannot hear each other: your browser found no way to Amazon Connect’s audio. Check your " +
		"network connection and try again in the panel; if it stays so, end the call and call back.",
	"sound.microphone": "The caller cannot hear you: your microphone cannot be used. Connect one and allow it for this site in the " +
		"browser’s address bar.",
	"sound.other": "You and the caller cannot hear each other: your browser could not begin the audio. End the call and call back; if it " +
		"stays so, tell your administrator.",
	"sound.reloaded": "You and the caller do not hear each other any more: the sound of this call was lost when the page was " +
		"loaded again. End the call, then call back.",
	"sound.elsewhere": "The sound of your calls is in Amazon Connect’s own window. Keep it open while you work.",

	"signIn.popupBlocked": "The browser blocked the sign-in window. Allow pop-ups for this page and try again.",
	"signIn.notFinished":  "Sign-in was not finished.",
	"signIn.signedOut":    "You are signed out of Amazon Connect.",
	"signIn.centreUnreachable": "Amazon Connect is not reachable at {address}. Check your connection and try again; if it stays " +
		"so, ask your administrator to check the field Amazon Connect Instance Alias of the AC CTI Adapter record.",
	"signIn.refused": "Amazon Connect refused to be shown here. Approve the origin {origins} in Amazon Connect: Application " +
		"integration → Approved origins.",

	"setUp.problem": "{problem} Tell your administrator.",
	"setUp.otherRegion": "The AC CTI Adapter record names the region {named}, but the instance is in {found}. Ask your administrator to " +
		"correct the field Amazon Connect Instance Region.",
	"setUp.missingPermission": "You do not have the rights to use the softphone. Ask your administrator for the AC_Agent permission set.",
	"setUp.reloading": "The address of this console contains 0.source=aloha: every record that pops would reload the browser and cut the " +
		"call off. Remove it from the address and open the console again.",
	"setUp.noStreams": "The softphone library did not load. Reload the page; if it stays so, ask your administrator.",

	"out.leaving": "You will be signed out when this contact is closed.",
	"out.refused": "You were not signed out: Amazon Connect did not take you offline. Close the contact that is open, then choose the " +
		"status again.",
	"out.unreachable": "You were not signed out: Amazon Connect did not answer. Check your network connection, then choose the " +
		"status again.",

	"pop.notOpened": "The record could not be opened. Look for it with the search at the top of the console.",
	"pop.noForm": "The form for a new contact could not be opened. Choose New under Contacts; if there is no New, ask your administrator " +
		"for the right to create contacts.",

	"act.refused": "Amazon Connect did not do that. Use the buttons of the panel; if it stays so, tell your administrator.",
	"act.nothing": "No call rings.",
	"act.noCall":  "There is no call to end.",
}

// CodeDialFlow and the codes after it are why a click on a number, or a command to dial, came to nothing.
const (
	CodeConsoleAsked = "command.silent"
	CodeDialFlow     = "dial.flowFailed"
	CodeDialPlain    = "dial.failed"
	CodeDialNoPage   = "dial.noPage"
	CodeDialLate     = "dial.late"
	CodeDialOrg      = "dial.orgAway"
	CodeDialSilent   = "dial.silent"
	CodeUnusable     = "record.unusable"
	CodeOtherAgent   = "agent.bound"
	CodeOrgDown      = "org.down"
	CodeCallerNone   = "caller.none"
	CodeCallerForm   = "caller.form"
	CodeCallerOther  = "caller.differs"
	CodeCallerAsked  = "caller.unsearched"
	CodeCallerHidden = "caller.withheld"
	CodeCallerMany   = "caller.several"
	CodeCallerMore   = "caller.more"
	CodeCallerUnsure = "caller.unsure"
	CodeCallerKnown  = "caller.known"
	CodeCallerFailed = "caller.failed"
	CodeCallerWaits  = "caller.waits"

	CodeUnable          = "command.unable"
	CodePresenceStopped = "presence.stopped"
	CodePresenceRefused = "presence.refused"
)

// ofBoth is what the adapter and the page say to agents.
var ofBoth = map[string]string{
	CodeDialFlow: "The click did nothing: the CTI flow {flow} failed at {block}. Dial the number in the panel, and tell your " +
		"administrator.",
	CodeDialPlain: "The click did nothing: the CTI flow {flow} failed. Dial the number in the panel, and tell your administrator.",
	CodeDialNoPage: "The number was not dialled: no softphone of yours was connected in time. Wait until this one says that you " +
		"are signed in, then click the number again.",
	CodeDialLate: "The number was not dialled: it came too late for a click, and nobody expects the call any more. Click the number again.",
	CodeDialOrg: "The number was not dialled: Salesforce did not answer the adapter. Click the number again in a moment, or dial " +
		"it in the panel.",
	CodeDialSilent: "It is not known whether the number was dialled: the softphone did not answer in time. Look at the panel before you " +
		"try again.",
	"dial.notReached": "The number was not dialled: Patchcord adapter is not reachable. Dial it in the panel.",
	"dial.unknown":    "It is not known whether the number was dialled. Look at the panel before you try again.",
	"dial.badNumber": "The number was not dialled: Amazon Connect does not take {number} for a number that can be called. " +
		"Correct it, then try again.",
	"dial.state": "The number was not dialled: Amazon Connect makes no call while you are in a contact or in your present " +
		"status. Close the contact that is open, or choose another status, then try again.",
	"dial.inCall": "The number was not dialled: Amazon Connect did not add it to the call that you have. End that call first, then try " +
		"again.",
	"dial.notAllowed": "The number was not dialled: you may not call {number} with Amazon Connect. Ask your administrator " +
		"whether outbound calls to it are allowed.",
	"dial.limit": "The number was not dialled: Amazon Connect has as many calls as it may have. Try again in a moment.",
	"dial.queue": "The number was not dialled: Amazon Connect is not set up for outbound calls of yours. Ask your administrator " +
		"to look at the outbound queue of your routing profile, and at its number to call from.",
	"dial.busy":      "The number was not dialled: Amazon Connect did not answer. Check your network connection, then try again.",
	"dial.signedOut": "The number was not dialled: you are not signed in to Amazon Connect. Sign in, then click the number again.",
	"dial.refused": "The number was not dialled: Amazon Connect refused it without a reason that helps. Try again; if it stays " +
		"so, tell your administrator.",
	"command.unknown":   "This softphone is too old to do what the CTI flow asks. Reload the page; if it stays so, tell your administrator.",
	CodeUnable:          "This page is not able to do it now.",
	"command.begun":     "It was begun before, and its end was not seen.",
	"command.forgotten": "This page does not remember what became of it.",
	"command.late":      "It took too long.",
	"command.refused":   "The console refused it: “{said}”",
	CodeConsoleAsked:    "The console did not answer {asked}",
	"command.own":       "{said}",

	"question.title":      "Question",
	"question.confirm":    "OK",
	"question.cancel":     "Cancel",
	"question.tooMany":    "The agent was not asked: other questions are open.",
	"question.unanswered": "Nobody answered the question in time.",

	CodeUnusable:   "{problem} Calls still work; records will not pop. Tell your administrator.",
	CodeOtherAgent: "{problem}",
	CodeOrgDown: "Salesforce does not answer the adapter. Calls still work, and so does what is open; records and the call log wait until " +
		"it is back.",

	CodePresenceStopped: "Your statuses in Amazon Connect and Omni-Channel are not kept in step any more: they changed ten times " +
		"within five seconds. Choose both yourself; after five quiet minutes, or when your administrator says so, it goes on.",
	CodePresenceRefused: "Your status in {side} did not become {status}, as it should by a rule: choose it yourself. {problem}",

	CodeCallerNone:   "No record has this number: nothing popped.",
	CodeCallerForm:   "No record has this number: the form for a new one opened.",
	CodeCallerOther:  "No record has this number: {n} turned up in the search, but their numbers differ.",
	CodeCallerAsked:  "Nobody was found as the number is written, and Salesforce could not be asked for its other forms.",
	CodeCallerHidden: "The number is withheld: there was nothing to search for.",
	CodeCallerMany:   "{n} match this number.",
	CodeCallerMore:   "{n} or more match this number.",
	CodeCallerUnsure: "{n} turned up, and Salesforce could not be asked whether the number is theirs: nothing popped.",
	CodeCallerKnown:  "{record} has this number.",
	CodeCallerFailed: "The caller was not looked up: the CTI flow {flow} failed.",
	CodeCallerWaits:  "Salesforce does not answer the adapter: the caller's record pops when it does.",
}

// PageWords are the templates that a softphone page knows, by code: arguments stand in braces.
func PageWords() map[string]string { return merged(ofPage, ofBoth, number.Sentences) }

func merged(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
