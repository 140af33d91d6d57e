package flow

// The codes of what Compile finds.
const (
	CodeUnreadable     Code = "unreadable" // of a file that Read refuses
	CodeNoActions      Code = "actionsMissing"
	CodeManyActions    Code = "actionsMany"
	CodeActionShape    Code = "actionShape"
	CodeNoID           Code = "idMissing"
	CodeIDTwice        Code = "idTwice"
	CodeNoType         Code = "typeMissing"
	CodeControlsShape  Code = "controlsShape"
	CodePortsShape     Code = "portsShape"
	CodeTargetShape    Code = "targetShape"
	CodeTargetUnknown  Code = "targetUnknown"
	CodeNumberLarge    Code = "numberLarge"
	CodeNoStart        Code = "startMissing"
	CodeStartTwice     Code = "startTwice"
	CodeKeyTwice       Code = "keyTwice"
	CodeTextDamaged    Code = "textDamaged"
	CodeLong           Code = "long"
	CodeMetaShape      Code = "metaShape"
	CodeUnmapped       Code = "blockUnmapped"
	CodeWaits          Code = "blockWaits"
	CodeControlUnknown Code = "controlUnknown"
	CodePortUnknown    Code = "portUnknown"
)

// The codes of what a look at the whole flow finds beside.
const (
	CodeUnreachable    Code = "unreachable"
	CodeDeadEnd        Code = "deadEnd"
	CodeNoEnd          Code = "endMissing"
	CodeCircle         Code = "circle"
	CodeFailureUnwired Code = "failureUnwired"
	CodeRequired       Code = "controlRequired"
	CodeKind           Code = "controlKind"
	CodeEmptyDecision  Code = "decisionEmpty"
	CodePathBroken     Code = "pathBroken"
	CodePathRoot       Code = "pathRoot"
	CodePathAction     Code = "pathAction"
	CodePathPart       Code = "pathPart"
	CodePathContact    Code = "pathContact"
	CodePathOld        Code = "pathOld"
	CodePathNotBefore  Code = "pathNotBefore"
	CodePathMaybe      Code = "pathMaybe"
	CodeLooksLikePath  Code = "looksLikePath"
	CodePropertyUnset  Code = "propertyUnset"
	CodeCreatesOften   Code = "createsOften"
	CodeJQuery         Code = "jquery"
	CodeRunApex        Code = "runApex"
	CodeOriginalType   Code = "originalType"
	CodeOriginalPort   Code = "originalPort"
	CodeTestUnreadable Code = "testUnreadable"
	CodeCallPath       Code = "callPath"
	CodeCallUnknown    Code = "callUnknown"
	CodeCallCircle     Code = "callCircle"
	CodeLoopOnce       Code = "loopOnce"
)

// Sentences say what is found, by code, with its arguments in braces. A suggestion is added where there is one.
var Sentences = map[Code]string{
	CodeUnreadable:     "{problem}",
	CodeNoActions:      "there is no list of actions, so this is no flow",
	CodeManyActions:    "it has {n} actions, and {most} are the most that a flow may have: split it",
	CodeActionShape:    "action number {n} is no object",
	CodeNoID:           "action number {n} has no id, which is text that names it in its flow",
	CodeIDTwice:        "its id is used twice: ports and values that name it would be ambiguous",
	CodeNoType:         "it has no type, which says what kind of block it is",
	CodeControlsShape:  "its controls are no object: names and values are expected",
	CodePortsShape:     "its ports are no object: names of ports and ids of actions are expected",
	CodeTargetShape:    "port {port} leads to something that is no id of an action",
	CodeTargetUnknown:  "port {port} leads to “{target}”, which is not in the flow",
	CodeNumberLarge:    "{control} holds a number that is too large",
	CodeNoStart:        "there is no Start (SE_Start), so it cannot begin",
	CodeStartTwice:     "it is a second Start; the first is {first}, and a flow has one",
	CodeKeyTwice:       "the key “{key}” is there twice in one object, and only the last counts",
	CodeTextDamaged:    "some text is not UTF-8, and reads as �",
	CodeLong:           "it has {n} characters, and the field of the CRM holds {most}",
	CodeMetaShape:      "its title or position is not as the editor writes them, and is left out of account",
	CodeUnmapped:       "{type} is no block that is known here, so it fails when it is reached: map it (patchcord flow map) or replace it",
	CodeWaits:          "{label} does not work yet: it waits for {what}",
	CodeControlUnknown: "{label} has no input {control}, so nobody reads it",
	CodePortUnknown:    "{label} has no port {port}, so nothing leaves by it",

	CodeUnreachable:    "no way from Start leads here, so it never runs",
	CodeDeadEnd:        "the flow stops here: none of its ports leads on, not even to End",
	CodeNoEnd:          "there is no End that a run could reach",
	CodeCircle:         "it goes in a circle ({others}); a run stops after {most} blocks",
	CodeFailureUnwired: "port failure leads nowhere: if it fails, the whole run fails. Wire it, to End if nothing else is to be done",
	CodeRequired:       "{control} is empty, and {label} fails without it",
	CodeKind:           "{control} holds {holds}, and {wants} is expected",
	CodeEmptyDecision:  "{control} is empty, so this decision always leaves by the same port",
	CodePathBroken:     "{control} has {path}, which cannot be read: a path is made of .name and [number]",
	CodePathRoot:       "{control} has {path}, and there is no {name} to read from",
	CodePathAction:     "{control} reads {path}, and no action has the id {name}",
	CodePathPart:       "{control} reads {path}, and an action has results, success and exception, no {name}",
	CodePathContact:    "{control} reads {path}, and a contact has no {name}",
	CodePathOld:        "{control} reads {path}, the national number; newer flows say nationalNumber, or number for the international form",
	CodePathNotBefore:  "{control} reads a result of {other}, which never runs before this",
	CodePathMaybe:      "{control} reads a result of {other}, which some ways to this do not make: it is then unset",
	CodeLooksLikePath:  "{control} is the plain text “{text}”: a value that is to be read begins with $. and stands alone",
	CodePropertyUnset:  "it reads the property {name}, which no flow here sets",
	CodeCreatesOften:   "{label} makes something each time, and {event} comes many times for one contact",
	CodeJQuery:         "{label} cannot run here: a flow must not reach into the page. Use a block that does what is wanted, or take it out",
	CodeRunApex:        "it runs Apex of the org: the class must be there and open to the agents, and only the org checks what it does",
	CodeOriginalType:   "{label} is Patchcord's own block: the original adapter cannot run it",
	CodeOriginalPort:   "port {port} is Patchcord's own: the original adapter does not leave by it",
	CodeCallPath: "{control} is {path}, and a flow that is called is named as it is: it is kept with the run from its beginning. Use Switch " +
		"to choose one of several",
	CodeCallUnknown:    "no flow here is named {name}: it must be active on the same adapter record",
	CodeCallCircle:     "flows call each other in a circle ({others}), which is refused when it is reached",
	CodeLoopOnce:       "no way from port {port} leads back here, so {label} takes the first item only",
	CodeTestUnreadable: "the flow's tests cannot be read: {problem}",
}
