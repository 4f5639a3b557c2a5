# Pours oil
oil = 3
pour(oil)
stop()
