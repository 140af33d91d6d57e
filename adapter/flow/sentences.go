package flow

// The codes of what Compile finds.
const (
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

// sentences are the catalogue: by code, what is found, with its arguments in braces. A suggestion is added where there is one.
var sentences = map[Code]string{
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
}
