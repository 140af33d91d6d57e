package wire

// Why a command came to nothing, as a step's problem has it where no platform gave a reason of its own.
const (
	// ReasonAway is that no page was there to be asked while anybody wanted it.
	ReasonAway = "No softphone page of the agent was connected in time."
	// ReasonLate is that nobody wants it any more.
	ReasonLate = "It came too late: the contact had ended, or five minutes had passed."
	// ReasonSilent is that a page was asked, and did not answer.
	ReasonSilent = "the softphone page did not answer in time"
)
