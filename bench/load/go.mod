module bench/load

go 1.26.5

tool github.com/tsenart/vegeta/v12
