package metadata

func flow() kind {
	return kind{
		name: "Flow", folder: "flows", suffix: ".flow", turn: 4, label: "flow", section: "Flows",
		install: (*installer).installFlow, remove: (*installer).removeFlow,
	}
}
