// Package crowd makes up people and companies, the same ones every time, to fill a CRM with.
//
// Read first: Contact, Account, Most. It knows no CRM.
package crowd

import (
	"fmt"
	"strings"
)

// Person is somebody who does not exist.
type Person struct {
	First, Last, Title, Email, City, Country string
	Phone                                    string // as people in the country write it
	E164                                     string
	Account                                  int // whom the person works for
}

// Company is where people work.
type Company struct{ Name, Industry, City, Country string }

// Most is how many people there can be, each with a number of their own.
const Most = 1_500_000

// PerAccount is how many people work in one place.
const PerAccount = 10

// Contact is the ith person.
func Contact(i int) Person {
	n := numberOf(i)
	p := Person{
		First: pick(firstNames, i*7+i/len(firstNames)), Last: pick(lastNames, i*11+i/len(lastNames)), Title: pick(titles, i/3),
		City: n.city, Country: n.country, Phone: n.written, E164: n.e164, Account: i / PerAccount,
	}
	p.Email = strings.ToLower(fmt.Sprintf("%s.%s.%d@%s.example", p.First, p.Last, i, pick(lastNames, p.Account)))
	return p
}

// Account is the ith company.
func Account(i int) Company {
	kind := pick(kinds, i/len(lastNames))
	name := pick(lastNames, i) + " " + kind
	if round := i / (len(lastNames) * len(kinds)); round > 0 {
		name = fmt.Sprintf("%s %d", name, round+1)
	}
	n := numberOf(i * PerAccount)
	return Company{Name: name, Industry: pick(industries, i), City: n.city, Country: n.country}
}

func pick(from []string, i int) string { return from[i%len(from)] }

var (
	firstNames = strings.Fields(`Amara Anders Astrid Ayesha Beatriz Bela Bruno Camille Carmen Chidi Clara Dario Dina Elif
Elena Emil Esther Farid
		Fatima Felix Freya Gael Greta Hana Hector Helga Ibrahim Ida Imani Ines Ivo Jamal Jana Joao Jonas Kai Karin Kenji Kofi
Lars Leila Linnea Lucia
		Mads Malik Marta Mateo Mei Milo Mina Nadia Naveen Nils Noor Olga Omar Oscar Paloma Petra Priya Quentin Rafael Rania
Rosa Ruben Saskia Selma
		Sergio Sigrid Soren Stella Sunil Tariq Tessa Theo Tomas Uma Valeria Vera Viktor Wanda Yara Yusuf Zadie Zoltan`)
	lastNames = strings.Fields(`Abara Adler Almeida Andersen Aoki Arslan Baptiste Barros Bauer Becker Benali Berg Bianchi
Blom Bogdan Bonnet Borg Brandt
		Calderon Campos Castel Chandra Chavez Cohen Costa Dahl Dalgaard Delacroix Demir Diallo Dimitrov Dubois Duarte Eklund
Engel Eriksen Espinoza
		Fabian Farkas Ferrari Fischer Fontaine Forsberg Fuchs Garnier Georgiou Gomes Grau Gruber Guerra Haddad Hagen Halvorsen
Hartmann Hassan Herrera
		Hoang Holm Horvat Ibarra Ito Ivanov Jansen Jensen Johar Kaplan Kaur Keller Khan Kimura Kowalski Kruger Kumar Lang
Larsson Laurent Lehmann Leone
		Lima Lopez Lund Maier Marchand Marino Mehta Mendes Meyer Moreau Moretti Mori Mwangi Nakamura Navarro Neumann Nilsen
Novak Nwosu Obi Okada Olsen
		Ortega Osei Otto Pak Pappas Paulsen Peres Petrov Pichler Popescu Quist Rahman Ramos Rao Reyes Ricci Rinaldi Rossi Roux
Ruiz Sato Schmidt Silva
		Simon Skov Soto Stein Strand Suzuki Takeda Tanaka Thapa Torres Tran Urbina Vargas Vega Vidal Vogel Wagner Weber Winter
Wolff Yilmaz Zeman Zhou`)
	titles = []string{
		"Office Manager", "Head of Purchasing", "Accountant", "Shop Manager", "Engineer", "Director", "Assistant",
		"Project Lead", "Buyer", "Founder",
		"Facilities Manager", "Designer", "Head of Sales", "Consultant", "Teacher", "Physician",
	}
	kinds = []string{
		"Interiors", "Logistics", "Foods", "Machine Works", "Dental Practice", "Partners", "Textiles", "Energy", "Garden Centre", "Publishing",
		"Software", "Travel", "Optics", "Joinery", "Bakery", "Shipping",
	}
	industries = []string{"Agriculture", "Banking", "Construction", "Consulting", "Education", "Healthcare", "Retail", "Technology", "Other"}
)
